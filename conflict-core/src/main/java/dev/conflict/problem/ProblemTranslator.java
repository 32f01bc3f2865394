package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.VersionMissingException;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.file.FileNameException;
import dev.conflict.file.FileStoreException;
import dev.conflict.file.FileTooLargeException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Verdict;
import dev.conflict.problem.Vocabulary.Codes;
import dev.conflict.problem.Vocabulary.Members;
import dev.conflict.problem.Vocabulary.Types;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns what was thrown in a request into the answer to it, at whatever edge.
 *
 * <ol>
 *   <li>Looks for a conflict, or for a problem that is none, among the exception and its causes.
 *   <li>Asks the readers about exceptions of stores and frameworks.
 *   <li>Has the request's ledger attribute a lost race.
 *   <li>Describes the conflict as its caller may see it, under a new id, and tells the listeners.
 * </ol>
 *
 * <p>What is neither stays unknown: the edge lets it go on as if nobody had looked. Instances are immutable and safe for
 * use by many threads.
 */
public final class ProblemTranslator {
    private final ConflictReaders readers;
    private final ConflictListener listener;
    private final ConflictProblems problems;
    private final String typeBase;
    private final Clock clock;

    private ProblemTranslator(Builder builder, ClassLoader classLoader) {
        readers = ConflictReaders.load(builder.readers, classLoader);
        listener = ConflictListener.all(builder.listeners);
        problems = new ConflictProblems(builder.typeBase);
        typeBase = builder.typeBase;
        clock = builder.clock;
    }

    /**
     * Starts a configuration.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns who hears what happens at this edge.
     *
     * @return the listener of all listeners
     */
    public ConflictListener listener() {
        return listener;
    }

    /**
     * Tells whether {@link #translate} would answer what was thrown, without telling the listeners.
     *
     * @param thrown what was thrown
     * @return true if it is a conflict or a problem
     */
    public boolean knows(Throwable thrown) {
        return plainProblem(thrown).isPresent() || readers.read(thrown).isPresent();
    }

    /**
     * Translates what was thrown.
     *
     * @param thrown what was thrown
     * @param request the request's ledger
     * @param occurrence the request as far as the answer depends on it
     * @return the answer; empty if what was thrown is no conflict and no problem
     */
    public Optional<Answer> translate(Throwable thrown, ConditionalRequest request, Occurrence occurrence) {
        Optional<ProblemDetail> plain = plainProblem(thrown);
        if (plain.isPresent()) {
            return Optional.of(new Answer(occurred(plain.get(), occurrence), Map.of()));
        }
        return readers.read(thrown).map(found -> {
            if (found.conflict() instanceof Conflict.Unspecified unspecified && unspecified.undeclared() != null) {
                listener.on(new ConflictEvent.Unmapped(
                        ConflictEvent.Rule.valueOf(unspecified.undeclared().name())));
            }
            return answer(request.attribute(found), occurrence);
        });
    }

    /** Gives a problem a type, an id, a path and a time, unless it has them. */
    private ProblemDetail occurred(ProblemDetail problem, Occurrence occurrence) {
        ProblemDetail.Builder dated = problem.toBuilder().type(URI.create(problem.type()));
        if (problem.instance().isEmpty()) {
            dated.instance(URI.create(newInstance()));
        }
        if (!dated.has(Members.PATH)) {
            dated.extension(Members.PATH, occurrence.path());
        }
        if (!dated.has(Members.TIMESTAMP)) {
            dated.extension(Members.TIMESTAMP, clock.instant().toString());
        }
        return dated.build();
    }

    private Answer answer(ConflictException conflict, Occurrence occurrence) {
        String instance = newInstance();
        ProblemDetail problem = problems.describe(conflict, occurrence, instance, clock.instant());
        listener.on(new ConflictEvent.Refused(
                ConflictEvent.Kind.valueOf(conflict.conflict().kind().name()),
                problem.code().orElse(null),
                problem.status().orElseThrow(),
                occurrence.method(),
                instance));
        return new Answer(problem, fields(conflict, problem));
    }

    private static Map<String, String> fields(ConflictException conflict, ProblemDetail problem) {
        Map<String, String> fields = new HashMap<>(retryAfter(conflict, problem));
        if (problem.status().orElse(0) == 412) {
            conflict.details()
                    .text(Member.CURRENT_ETAG)
                    .filter(ProblemTranslator::isTag)
                    .ifPresent(tag -> fields.put("ETag", tag)); // the selected representation's (RFC 9110 §8.8.3)
        }
        return fields;
    }

    /** An application may have put any text in its place, a line break too. */
    private static boolean isTag(String text) {
        try {
            EntityTag.parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static String newInstance() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    /** The field in whole seconds, rounded up; a wait shorter than a second is one second in the field. */
    private static Map<String, String> retryAfter(ConflictException conflict, ProblemDetail problem) {
        if (problem.extensions().get(Members.RETRY_AFTER_MILLIS) instanceof Number wait) {
            return Map.of("Retry-After", Long.toString(Math.max(1, -Math.floorDiv(-wait.longValue(), 1000L))));
        }
        return conflict instanceof ConflictException.Concurrency ? Map.of("Retry-After", "1") : Map.of();
    }

    private Optional<ProblemDetail> plainProblem(Throwable thrown) {
        for (Throwable link : ConflictReaders.chain(thrown)) {
            if (link instanceof ProblemException exception) {
                return Optional.of(exception.problem());
            }
            if (link instanceof VersionMissingException missing) {
                return Optional.of(plain(
                        new ProblemType(Types.VERSION_MISSING, 400),
                        Codes.VERSION_MISSING,
                        members -> members.put(Members.FIELD, missing.field())));
            }
            if (link instanceof PreconditionFieldException unreadable) {
                return Optional.of(plain(unreadable.verdict()));
            }
            if (link instanceof FileNameException unusable) {
                return Optional.of(plain(400, unusable));
            }
            if (link instanceof FileTooLargeException large) {
                return Optional.of(plain(413, large));
            }
            if (link
                    instanceof
                    FileStoreException) { // its causes name paths of the server, which an error page would show
                return Optional.of(
                        ProblemDetail.builder(500).title(StatusPhrase.of(500)).build());
            }
            if (link instanceof ConflictException) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A problem that its status and one sentence say in full. */
    private static ProblemDetail plain(int status, RuntimeException refused) {
        return ProblemDetail.builder(status)
                .title(StatusPhrase.of(status))
                .detail(String.valueOf(refused.getMessage()))
                .build();
    }

    private ProblemDetail plain(Verdict verdict) {
        if (verdict instanceof Verdict.TooLarge large) {
            return plain(
                    new ProblemType(Types.PRECONDITION_TOO_LARGE, 431),
                    Codes.PRECONDITION_TOO_LARGE,
                    large.unit().name(),
                    members -> {
                        members.put(Members.HEADER, large.header());
                        members.put(Members.LIMIT, large.limit());
                    });
        }
        Verdict.Malformed malformed = (Verdict.Malformed) verdict;
        return plain(new ProblemType(Types.PRECONDITION_MALFORMED, 400), Codes.PRECONDITION_MALFORMED, members -> {
            members.put(Members.HEADER, malformed.header());
            members.put(Members.POSITION, malformed.position());
        });
    }

    private ProblemDetail plain(ProblemType type, String code, Consumer<Map<String, Object>> fill) {
        return plain(type, code, code, fill);
    }

    /** Uses the texts for one key, where a code alone does not say enough. */
    private ProblemDetail plain(ProblemType type, String code, String key, Consumer<Map<String, Object>> fill) {
        Map<String, Object> members = new LinkedHashMap<>();
        fill.accept(members);
        ProblemDetail.Builder problem = ProblemDetail.builder(type.status())
                .type(URI.create(type.uri(typeBase)))
                .title(Messages.title(type));
        Messages.detail(type, key, members).ifPresent(problem::detail);
        problem.extension(Members.CODE, code);
        members.forEach(problem::extension);
        Messages.suggestion(type, key, members).ifPresent(text -> problem.extension(Members.SUGGESTION, text));
        return problem.build();
    }

    /** Collects the configuration of an edge. Not safe for use by many threads. */
    public static final class Builder {
        private final List<ConflictReader> readers = new ArrayList<>();
        private final List<ConflictListener> listeners = new ArrayList<>();
        private String typeBase = Types.BASE;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Adds a reader of exceptions, asked before those on the class path.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder reader(ConflictReader reader) {
            readers.add(Objects.requireNonNull(reader, "reader"));
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener hears what happens at the edge
         * @return this builder
         */
        public Builder listener(ConflictListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets what precedes the names of types in their URIs.
         *
         * @param base an absolute URI that ends with a slash, a colon or a hash sign
         * @return this builder
         * @throws IllegalArgumentException if the base is no absolute URI, or ends otherwise
         */
        public Builder typeBase(String base) {
            if (!URI.create(base).isAbsolute() || !(base.endsWith("/") || base.endsWith(":") || base.endsWith("#"))) {
                throw new IllegalArgumentException(
                        "The base of type URIs is an absolute URI that ends with / : or #, not \"" + base + "\"");
            }
            typeBase = base;
            return this;
        }

        /**
         * Sets the clock that dates problems.
         *
         * @param clock the clock, the system's unless set
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Loads the readers on the class path and ends the configuration; to be called once, where the edge starts.
         *
         * @param classLoader where readers are looked for, usually the application's
         * @return the translator
         * @throws IllegalStateException if a reader is announced that cannot be loaded
         */
        public ProblemTranslator build(ClassLoader classLoader) {
            return new ProblemTranslator(this, classLoader);
        }
    }
}
