package dev.conflict.problem;

/**
 * Ends a request with a problem that is no conflict: nothing there (404), a request that cannot be read (400), whatever the
 * application has a type for.
 *
 * <pre>{@code
 * throw new ProblemException(ProblemDetail.builder(OUT_OF_CREDIT).extension("balance", 30).build());
 * }</pre>
 *
 * <p>The edge adds what is missing: texts in the caller's language, the id, path and time. A type without a scheme is the
 * name of one, before which the edge puts its base; anything else is sent as it is.
 *
 * <p>It has no stack trace: it is an answer to the caller, not a fault of the server.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The answer. */
    private final ProblemDetail problem;

    /**
     * Creates the exception.
     *
     * @param problem the answer; its {@code instance} is set when it is sent
     * @throws IllegalArgumentException if the problem has no status, or one that is no error
     */
    public ProblemException(ProblemDetail problem) {
        super(problem.toString(), null, true, false);
        this.problem = problem;
        int status = problem.status().orElse(0);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "A problem that ends a request has a status between 400 and 599, not " + problem.status());
        }
    }

    /**
     * Creates the exception for a resource that is not there.
     *
     * @return an exception with status 404 and no more
     */
    public static ProblemException notFound() {
        return new ProblemException(ProblemDetail.builder(404).build());
    }

    /**
     * Returns the answer.
     *
     * @return the problem
     */
    public ProblemDetail problem() {
        return problem;
    }
}
