package dev.conflict.problem;

import dev.conflict.ConflictException;
import dev.conflict.ConflictReaders;
import dev.conflict.VersionMissingException;
import dev.conflict.file.FileNameException;
import dev.conflict.file.FileStoreException;
import dev.conflict.file.FileTooLargeException;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Verdict;
import dev.conflict.problem.Vocabulary.Members;
import dev.conflict.problem.Vocabulary.Types;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Problems that are no conflicts: found among causes, and completed with what the application left to the edge. */
final class PlainProblems {
    private final ProblemCatalog catalog;

    PlainProblems(ProblemCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A problem as somebody threw it.
     *
     * @param problem what he said; a type without a scheme is the name of one
     * @param variant which texts describe it, where the code does not say enough
     */
    record Thrown(ProblemDetail problem, @Nullable String variant) {}

    static Optional<Thrown> among(Throwable thrown) {
        for (Throwable link : ConflictReaders.chain(thrown)) {
            if (link instanceof ConflictException) {
                return Optional.empty();
            }
            Optional<Thrown> problem = problem(link);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Thrown> problem(Throwable link) {
        if (link instanceof ProblemException exception) {
            return Optional.of(new Thrown(exception.problem(), null));
        }
        if (link instanceof VersionMissingException missing) {
            return thrown(
                    ProblemDetail.builder(StandardTypes.VERSION_MISSING).extension(Members.FIELD, missing.field()),
                    null);
        }
        if (link instanceof PreconditionFieldException unreadable) {
            return Optional.of(unreadable(unreadable.verdict()));
        }
        if (link instanceof FileNameException unusable) {
            return thrown(ProblemDetail.builder(400).extension(Members.POSITION, unusable.index()), "FILE_NAME");
        }
        if (link instanceof FileTooLargeException large) {
            return thrown(ProblemDetail.builder(413).extension(Members.LIMIT, large.limitBytes()), "FILE");
        }
        // Its causes name paths of the server, which an error page would show.
        return link instanceof FileStoreException ? thrown(ProblemDetail.builder(500), null) : Optional.empty();
    }

    private static Optional<Thrown> thrown(ProblemDetail.Builder problem, @Nullable String variant) {
        return Optional.of(new Thrown(problem.build(), variant));
    }

    private static Thrown unreadable(Verdict verdict) {
        if (verdict instanceof Verdict.TooLarge large) {
            return new Thrown(
                    ProblemDetail.builder(StandardTypes.PRECONDITION_TOO_LARGE)
                            .extension(Members.HEADER, large.header())
                            .extension(Members.LIMIT, large.limit())
                            .build(),
                    large.unit().name());
        }
        Verdict.Malformed malformed = (Verdict.Malformed) verdict;
        return new Thrown(
                ProblemDetail.builder(StandardTypes.PRECONDITION_MALFORMED)
                        .extension(Members.HEADER, malformed.header())
                        .extension(Members.POSITION, malformed.position())
                        .build(),
                null);
    }

    /**
     * The name of a problem's type.
     *
     * @return null if the type is neither ours nor the application's: then the problem is left as it is
     */
    private @Nullable String name(ProblemDetail problem) {
        String type = problem.type();
        return type.equals(Types.ABOUT_BLANK) || ProblemType.isName(type) ? type : catalog.nameOf(type);
    }

    /** The texts of the language in which a problem is told to a request, none for a type that nobody knows. */
    Texts texts(ProblemDetail problem, @Nullable String acceptLanguage) {
        String name = name(problem);
        return name == null ? Texts.NONE : catalog.messages().of(catalog.type(name, status(problem)), acceptLanguage);
    }

    private static int status(ProblemDetail problem) {
        return problem.status().orElseThrow();
    }

    /** Gives a problem what it has not: texts, the URI of its type, an id, a path and a time. */
    ProblemDetail complete(Thrown thrown, Texts texts, Occurrence occurrence, Moment moment) {
        ProblemDetail given = thrown.problem();
        String name = name(given);
        ProblemType type = name == null ? ProblemType.aboutBlank(status(given)) : catalog.type(name, status(given));
        String code =
                given.code().orElse(type.codes().size() == 1 ? type.codes().get(0) : null);
        Texts.Subject subject = new Texts.Subject(type, code, thrown.variant(), given.extensions());
        ProblemDetail.Builder problem = ProblemDetail.builder(type.status())
                .type(URI.create(name == null ? given.type() : catalog.uri(type)))
                .instance(given.instance().map(URI::create).orElseGet(moment::instance));
        given.title().or(() -> texts.title(type)).ifPresent(problem::title);
        given.detail().or(() -> texts.detail(subject)).ifPresent(problem::detail);
        if (code != null && !given.extensions().containsKey(Members.CODE)) {
            problem.member(Members.CODE, code);
        }
        given.extensions().forEach(problem::member);
        if (!problem.has(Members.SUGGESTION)) {
            texts.suggestion(subject).ifPresent(text -> problem.member(Members.SUGGESTION, text));
        }
        Links.of(given.extensions().get(Members.LINKS), type.help())
                .ifPresent(links -> problem.member(Members.LINKS, links));
        moment.date(problem, occurrence);
        return problem.build();
    }
}
