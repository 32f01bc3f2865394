package dev.conflict.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.common.core.UnmanagedBeanFactory;
import org.jboss.resteasy.reactive.common.model.ResourceExceptionMapper;
import org.jboss.resteasy.reactive.server.core.ExceptionMapping;
import org.jboss.resteasy.reactive.server.core.RuntimeExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.AsyncExceptionMapperContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveAsyncExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of an exception in Quarkus REST; that Quarkus asks so, a built application proves. */
class QuarkusMapperTest {
    private final ConflictException conflict = ConflictException.state("LATE");

    /** Answers at once, as a method that Quarkus has made a mapper of. */
    private record Reactive(int status) implements ResteasyReactiveExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown, ServerRequestContext context) {
            return Response.status(status).build();
        }

        @Override
        public Response toResponse(Throwable thrown) {
            throw new IllegalStateException("not so");
        }
    }

    /** Answers later. */
    private record Later(int status) implements ResteasyReactiveAsyncExceptionMapper<Throwable> {
        @Override
        public void asyncResponse(Throwable thrown, AsyncExceptionMapperContext context) {
            context.setResponse(Response.status(status).build());
        }
    }

    /** Keeps what is answered. */
    private static final class Kept implements AsyncExceptionMapperContext {
        private @Nullable Response response;

        @Override
        public ServerRequestContext serverRequestContext() {
            return mock(ServerRequestContext.class);
        }

        @Override
        public void suspend() {}

        @Override
        public void resume() {}

        @Override
        public void setResponse(Response answered) {
            response = answered;
        }
    }

    @BeforeEach
    void startAgain() {
        assertThat(new RuntimeExceptionMapper(new ExceptionMapping(), QuarkusMapperTest.class.getClassLoader()))
                .isNotNull();
        assertThat(RuntimeExceptionMapper.getMappers()).isEmpty();
    }

    private static void application(Class<? extends Throwable> type, ExceptionMapper<Throwable> mapper) {
        ResourceExceptionMapper<Throwable> kept = new ResourceExceptionMapper<>();
        kept.setFactory(new UnmanagedBeanFactory<>(mapper));
        RuntimeExceptionMapper.getMappers().put(type, kept);
    }

    private static void register(Option... options) {
        QuarkusPart.register(new Installed(new Edge(
                ProblemTranslator.builder().build(QuarkusMapperTest.class.getClassLoader()),
                new PathRules(),
                request -> Caller.ANONYMOUS,
                request -> Optional.empty(),
                null,
                Set.of(options))));
    }

    /** Asks the mapper of the nearest class, as Quarkus does. */
    private static Response answer(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            ResourceExceptionMapper<? extends Throwable> found =
                    RuntimeExceptionMapper.getMappers().get(type);
            if (found != null && found.getFactory().createInstance().getInstance() instanceof QuarkusMapper mapper) {
                Kept kept = new Kept();
                mapper.asyncResponse(thrown, kept);
                assertThat(kept.response).isNotNull();
                return kept.response;
            }
        }
        throw new AssertionError("not ours", thrown);
    }

    @Test
    void conflictComesBeforeEveryCatchAllAndTheRestGoesToIt() {
        application(RuntimeException.class, new CatchAllOfAnything());
        application(Exception.class, new Reactive(501));
        application(Throwable.class, new Later(502));

        register();

        assertThat(answer(conflict).getEntity()).isInstanceOf(Refused.class);
        assertThat(answer(new IllegalStateException(conflict)).getEntity()).isInstanceOf(Refused.class);
        assertThat(answer(new Exception(conflict)).getEntity()).isInstanceOf(Refused.class);
        assertThat(answer(new IllegalStateException()).getStatus()).isEqualTo(500);
        assertThat(answer(new IOException()).getStatus()).isEqualTo(501);
        assertThat(answer(new AssertionError()).getStatus()).isEqualTo(502);
    }

    @Test
    void nearerMapperOfTheApplicationStays() {
        application(ConflictException.class, new Reactive(418));
        ResourceExceptionMapper<?> before = RuntimeExceptionMapper.getMappers().get(ConflictException.class);

        register();

        assertThat(RuntimeExceptionMapper.getMappers().get(ConflictException.class))
                .isNotNull()
                .isSameAs(before);
    }

    @Test
    void whatNobodyMapsIsThrownOnOrAnsweredAsItSays() {
        register();
        IOException unknown = new IOException();

        assertThatThrownBy(() -> answer(unknown)).isSameAs(unknown);
        assertThat(answer(new NotFoundException()).getStatus()).isEqualTo(404);
    }

    @Test
    void causeOfAWrapperHasItsMapper() {
        application(IOException.class, new Reactive(418));
        register();

        assertThat(answer(new UndeclaredThrowableException(new IOException())).getStatus())
                .isEqualTo(418);
        assertThatThrownBy(() -> answer(new IllegalStateException(new IOException())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void featureThatYieldsAnswersWhatIsLeftOver() {
        register(Option.YIELD_TO_MAPPERS);
        assertThat(answer(conflict).getEntity()).isInstanceOf(Refused.class);

        startAgain();
        application(Exception.class, new Reactive(418));
        register(Option.YIELD_TO_MAPPERS);
        assertThat(answer(conflict).getStatus()).isEqualTo(418);
    }

    @Test
    @SuppressWarnings("unchecked")
    void ledgerIsForWhatLivesAsLongAsARequest() {
        ContainerRequestContext context = mock(ContainerRequestContext.class);
        when(context.getMethod()).thenReturn("PUT");
        when(context.getHeaders()).thenReturn(new MultivaluedHashMap<>());
        Instance<ContainerRequestContext> request = mock(Instance.class);
        when(request.get()).thenReturn(context);
        Bean<Object> bean = mock(Bean.class);
        InjectionPoint into = mock(InjectionPoint.class);
        when(into.getBean()).thenAnswer(asked -> bean);
        when(bean.getBeanClass()).thenAnswer(asked -> Things.class);
        when(bean.getScope()).thenAnswer(asked -> Dependent.class);

        ConditionalRequest ledger = new QuarkusLedger().ledger(into, request);

        assertThat(ledger.method()).isEqualTo("PUT");
        when(bean.getScope()).thenAnswer(asked -> ApplicationScoped.class);
        assertThatThrownBy(() -> new QuarkusLedger().ledger(into, request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lives longer than a request");
    }

    /** The specification's own kind. */
    private static final class CatchAllOfAnything implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            return CatchAll.broken(thrown);
        }
    }
}
