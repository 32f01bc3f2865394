package dev.conflict.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappers for servers that ask nothing before they take the nearest one. */
class MapperTest {
    private static Installed installed(Option... options) {
        return new Installed(new Edge(
                ProblemTranslator.builder().build(MapperTest.class.getClassLoader()),
                new PathRules(),
                request -> Caller.ANONYMOUS,
                request -> Optional.empty(),
                null,
                Set.of(options)));
    }

    /** What the application has: a mapper for every class above those, or none. */
    private record Catching(boolean there) implements Providers {
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T extends Throwable> @Nullable ExceptionMapper<T> getExceptionMapper(Class<T> type) {
            return there ? (ExceptionMapper<T>) (ExceptionMapper<?>) new CatchAll.OfThrowables() : null;
        }

        @Override
        public <T> MessageBodyReader<T> getMessageBodyReader(
                Class<T> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> MessageBodyWriter<T> getMessageBodyWriter(
                Class<T> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> ContextResolver<T> getContextResolver(Class<T> contextType, MediaType mediaType) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "wrapped", "twice", "completion", "execution", "checked", "problem"})
    void everyWayToAConflictIsLetThroughToTheFilter(String kind) {
        Mapper.OfAnything mapper = new Mapper.OfAnything(installed(), new PlainFallback());

        assertThat(mapper.toResponse(Failures.of(kind)).getEntity()).isInstanceOf(Refused.class);
    }

    @Test
    void unknownGoesToTheMapperAboveOrOn() {
        PlainFallback fallback = new PlainFallback();
        IOException unknown = new IOException();

        assertThat(fallback.answer(unknown, Exception.class, new Catching(true)).getStatus())
                .isEqualTo(500);
        assertThatThrownBy(() -> fallback.answer(unknown, Exception.class, new Catching(false)))
                .isSameAs(unknown);
        assertThatThrownBy(() -> new Mapper.OfAnything(installed(), fallback).toResponse(unknown))
                .isSameAs(unknown);
        assertThat(fallback.answer(new NotFoundException(), Exception.class, null)
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void mappersThatYieldLeaveConflictsToTheApplication() {
        Fallback applications =
                (thrown, above, providers) -> Response.status(500).build();
        Installed yielding = installed(Option.YIELD_TO_MAPPERS);
        ConflictException conflict = ConflictException.state("LATE");

        assertThat(new Mapper.OfConflicts(yielding, applications)
                        .toResponse(conflict)
                        .getEntity())
                .isNull();
        assertThat(new Mapper.OfAnything(yielding, applications)
                        .toResponse(conflict)
                        .getEntity())
                .isInstanceOf(Refused.class);
    }

    @Test
    void eachClassIsMappedOnce() {
        assertThat(Mapper.all(installed(), new PlainFallback()).stream()
                        .map(mapper -> ((ParameterizedType) mapper.getClass().getGenericSuperclass())
                                .getActualTypeArguments()[0]))
                .doesNotHaveDuplicates()
                .contains(
                        ConflictException.class, SQLException.class, ExecutionException.class, RuntimeException.class);
    }
}
