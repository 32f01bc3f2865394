package dev.conflict.jaxrs;

import dev.conflict.ConflictException;
import dev.conflict.VersionMissingException;
import dev.conflict.file.FileNameException;
import dev.conflict.file.FileStoreException;
import dev.conflict.file.FileTooLargeException;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.problem.ProblemException;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.common.core.UnmanagedBeanFactory;
import org.jboss.resteasy.reactive.common.model.ResourceExceptionMapper;
import org.jboss.resteasy.reactive.server.core.RuntimeExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * What is for Quarkus REST alone, loaded where Quarkus REST is. It has one mapper for a class and takes the nearest. A
 * feature's mapper would replace the application's; here it stands before the application's catch-all, and hands on to it
 * what nobody knows. A mapper of the application for a nearer class stays where it is.
 */
final class QuarkusPart {
    private static final List<Class<? extends Throwable>> OURS = List.of(
            ConflictException.class,
            ProblemException.class,
            PreconditionFieldException.class,
            VersionMissingException.class,
            FileNameException.class,
            FileTooLargeException.class,
            FileStoreException.class);
    private static final List<Class<? extends Throwable>> CATCH_ALLS =
            List.of(RuntimeException.class, Exception.class, Throwable.class);

    private QuarkusPart() {}

    static void register(Installed installed) {
        Map<Class<? extends Throwable>, ResourceExceptionMapper<? extends Throwable>> known =
                RuntimeExceptionMapper.getMappers();
        OURS.forEach(type -> known.computeIfAbsent(type, absent -> before(null, installed)));
        if (Violations.arePresent()) {
            known.computeIfAbsent(Violations.type(), absent -> before(null, installed));
        }
        CATCH_ALLS.forEach(type -> known.compute(type, (caught, applications) -> before(applications, installed)));
    }

    private static ResourceExceptionMapper<Throwable> before(
            @Nullable ResourceExceptionMapper<? extends Throwable> applications, Installed installed) {
        ResourceExceptionMapper<Throwable> mapper = new ResourceExceptionMapper<>();
        mapper.setFactory(new UnmanagedBeanFactory<>(new QuarkusMapper(installed, applications)));
        return mapper;
    }

    /** The mapper that would be asked without ours: that of the nearest class. */
    @SuppressWarnings("unchecked") // a mapper that is kept for a class maps that class
    static @Nullable ExceptionMapper<Throwable> applications(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            ExceptionMapper<?> mapper =
                    instance(RuntimeExceptionMapper.getMappers().get(type));
            if (mapper instanceof QuarkusMapper ours) {
                mapper = instance(ours.applications());
            }
            if (mapper != null) {
                return (ExceptionMapper<Throwable>) mapper;
            }
        }
        return null;
    }

    private static @Nullable ExceptionMapper<?> instance(@Nullable ResourceExceptionMapper<? extends Throwable> kept) {
        return kept == null ? null : kept.getFactory().createInstance().getInstance();
    }
}
