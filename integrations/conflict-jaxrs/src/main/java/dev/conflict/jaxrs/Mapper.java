package dev.conflict.jaxrs;

import dev.conflict.ConflictException;
import dev.conflict.VersionMissingException;
import dev.conflict.file.FileNameException;
import dev.conflict.file.FileStoreException;
import dev.conflict.file.FileTooLargeException;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Providers;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Maps what is known, for servers that take the mapper of the nearest class and ask it nothing before. Our own exceptions
 * are nearer than any catch-all; what wraps them is met at the classes that wrappers have, and goes on to the
 * application's mapper of a class above if nobody knows it.
 *
 * @param <T> the class that is mapped
 */
abstract class Mapper<T extends Throwable> implements ExceptionMapper<T> {
    private final Installed installed;
    private final Class<? extends Throwable> above;
    private final Fallback fallback;

    /** Set by the server, if it sets what others have made. */
    @Context
    private @Nullable Providers providers;

    private Mapper(Installed installed, Class<? extends Throwable> above, Fallback fallback) {
        this.installed = installed;
        this.above = above;
        this.fallback = fallback;
    }

    @Override
    public Response toResponse(T thrown) {
        return answers() && installed.knows(thrown) ? Refused.by(thrown) : fallback.answer(thrown, above, providers);
    }

    /** Whether it answers at all; where the application's mappers come first, only what they have left over is answered. */
    boolean answers() {
        return !installed.edge().is(Option.YIELD_TO_MAPPERS);
    }

    /** Those that come before catch-alls. */
    static List<Mapper<?>> all(Installed installed, Fallback fallback) {
        return List.of(
                new OfConflicts(installed, fallback),
                new OfProblems(installed, fallback),
                new OfFields(installed, fallback),
                new OfMissingVersions(installed, fallback),
                new OfFileNames(installed, fallback),
                new OfLargeFiles(installed, fallback),
                new OfFileStores(installed, fallback),
                new OfCompletions(installed, fallback),
                new OfExecutions(installed, fallback),
                new OfSql(installed, fallback),
                new OfUnchecked(installed, fallback),
                new OfAnything(installed, fallback));
    }

    @Priority(Order.AFTER_USER)
    static final class OfConflicts extends Mapper<ConflictException> {
        OfConflicts(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfProblems extends Mapper<ProblemException> {
        OfProblems(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfFields extends Mapper<PreconditionFieldException> {
        OfFields(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfMissingVersions extends Mapper<VersionMissingException> {
        OfMissingVersions(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfFileNames extends Mapper<FileNameException> {
        OfFileNames(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfLargeFiles extends Mapper<FileTooLargeException> {
        OfLargeFiles(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfFileStores extends Mapper<FileStoreException> {
        OfFileStores(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfCompletions extends Mapper<CompletionException> {
        OfCompletions(Installed installed, Fallback fallback) {
            super(installed, RuntimeException.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfExecutions extends Mapper<ExecutionException> {
        OfExecutions(Installed installed, Fallback fallback) {
            super(installed, Exception.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfSql extends Mapper<SQLException> {
        OfSql(Installed installed, Fallback fallback) {
            super(installed, Exception.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfUnchecked extends Mapper<RuntimeException> {
        OfUnchecked(Installed installed, Fallback fallback) {
            super(installed, Exception.class, fallback);
        }
    }

    @Priority(Order.AFTER_USER)
    static final class OfAnything extends Mapper<Exception> {
        OfAnything(Installed installed, Fallback fallback) {
            super(installed, Throwable.class, fallback);
        }

        @Override
        boolean answers() {
            return true;
        }
    }

    /** Only where Bean Validation is on the class path. */
    @Priority(Order.AFTER_USER)
    static final class OfViolations extends Mapper<ConstraintViolationException> {
        OfViolations(Installed installed, Fallback fallback) {
            super(installed, ValidationException.class, fallback);
        }
    }
}
