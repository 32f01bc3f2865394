package dev.conflict.problem;

import dev.conflict.problem.Vocabulary.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with the content of a request, and answers it together: 422, type {@code validation}, with
 * {@code errors[]} of {@code {code, detail, field, pointer}}.
 *
 * <pre>{@code
 * ValidationErrors errors = new ValidationErrors();
 * for (ConstraintViolation<?> violation : validator.validate(order)) {
 *     errors.add(violation.getPropertyPath().toString(), "INVALID", violation.getMessage());
 * }
 * errors.throwIfAny();
 * }</pre>
 *
 * <p>What a field holds is not asked for and not sent. This is no conflict: the content is wrong whatever the state.
 * Not safe for use by many threads.
 */
public final class ValidationErrors {
    private final List<Map<String, String>> errors = new ArrayList<>();

    /** Creates a collection without errors. */
    public ValidationErrors() {}

    /**
     * Adds an error.
     *
     * @param field the field as Java names it ({@code items[0].name}), of which the pointer is made ({@code #/items/0/name});
     *     null or empty if the content as a whole is wrong
     * @param code what machines act on, in upper snake case
     * @param detail what is wrong, for people; sent as it is
     * @return this collection
     */
    public ValidationErrors add(@Nullable String field, String code, String detail) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put(Members.CODE, Objects.requireNonNull(code, "code"));
        error.put(MemberName.DETAIL, Objects.requireNonNull(detail, "detail"));
        if (field != null && !field.isEmpty()) {
            error.put(Members.FIELD, field);
            error.put(Members.POINTER, Pointer.of(field));
        }
        errors.add(error);
        return this;
    }

    /**
     * Tells whether nothing is wrong.
     *
     * @return true if no error was added
     */
    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /**
     * Ends the request if something is wrong.
     *
     * @throws ProblemException if an error was added
     */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw toException();
        }
    }

    /**
     * Returns the exception that ends the request.
     *
     * @return an exception with the errors so far
     */
    public ProblemException toException() {
        return new ProblemException(ProblemDetail.builder(StandardTypes.VALIDATION)
                .extension(Members.ERRORS, errors)
                .build());
    }
}
