package dev.conflict.servlet;

import static dev.conflict.servlet.TomcatServer.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.Validators;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** What the listeners hear of successful writes, and what strict mode makes of it. */
class WriteReportTest {
    private static final EntityTag CURRENT = EntityTag.strong("2");

    private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
    private final HttpServletRequest request = Fakes.request("PUT", "/documents/1;a=secret");
    private final HttpServletResponse response = Fakes.response();

    @BeforeEach
    void state() {
        when(request.getHeader("If-Match")).thenReturn("\"2\"");
        when(request.getHeaders("If-Match")).thenAnswer(call -> Collections.enumeration(List.of("\"2\"")));
    }

    private void pass(ConflictFilter.Builder filter, FilterChain chain) throws Exception {
        Fakes.initialised(filter.listener(events::add)).doFilter(request, response, chain);
    }

    private void guard() {
        ServletPreconditions.of(request).require(new Target("Document", "1"), Validators.of(CURRENT));
    }

    @Test
    void preconditionThatNobodyEvaluatedIsAnErrorInStrictMode() {
        assertThatThrownBy(() -> pass(ConflictFilter.builder().strict(), (r, s) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("PUT /documents/1 stated If-Match and succeeded, but nobody found it true")
                .hasMessageNotContaining("\"2\"");
        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void guardedWriteIsNone() throws Exception {
        pass(ConflictFilter.builder().strict(), (r, s) -> guard());

        assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MERGE", "PROPPATCH", "DELETE"})
    void methodsThatNoStandardKnowsWriteToo(String method) throws Exception {
        when(request.getMethod()).thenReturn(method);

        pass(ConflictFilter.builder(), (r, s) -> {});
        pass(ConflictFilter.builder(), (r, s) -> guard());

        assertThat(events).first().isEqualTo(new ConflictEvent.UnguardedWrite(method, "If-Match"));
    }

    @Test
    void redirectToTheResultIsASuccess() throws Exception {
        when(response.getStatus()).thenReturn(303);

        pass(ConflictFilter.builder(), (r, s) -> {});

        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void writeThatWentOnAgainstWhatWasFoundIsNotGuarded() {
        FilterChain heedless =
                (r, s) -> ServletPreconditions.of(request).evaluate(Validators.of(EntityTag.strong("another")));
        assertThatThrownBy(() -> pass(ConflictFilter.builder().strict(), heedless))
                .isInstanceOf(IllegalStateException.class);
        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void committedAnswerStays() throws Exception {
        when(response.isCommitted()).thenReturn(true);

        pass(ConflictFilter.builder().strict(), (r, s) -> {});

        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void withoutStrictModeThereIsTheEventAlone() {
        assertThatNoException().isThrownBy(() -> pass(ConflictFilter.builder(), (r, s) -> {}));
        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void writeThatDidNotSucceedIsNeither() throws Exception {
        when(response.getStatus()).thenReturn(404);

        pass(ConflictFilter.builder().strict(), (r, s) -> {});

        assertThat(events).isEmpty();
    }

    @Test
    void writeThatStatedNothingIsNeither() throws Exception {
        when(request.getHeader("If-Match")).thenReturn(null);

        pass(ConflictFilter.builder().strict(), (r, s) -> {});

        assertThat(events).isEmpty();
    }

    /** Passes a request that is completed later, and returns who is to hear of that. */
    private AsyncListener passAsync(FilterChain chain) throws Exception {
        AsyncContext async = mock(AsyncContext.class);
        when(request.isAsyncStarted()).thenReturn(true);
        when(request.getAsyncContext()).thenReturn(async);
        pass(ConflictFilter.builder().strict(), chain);
        assertThat(events).isEmpty();
        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(listener.capture());
        return listener.getValue();
    }

    private AsyncEvent event() {
        return new AsyncEvent(request.getAsyncContext());
    }

    @Test
    void writeThatIsCompletedLaterIsReportedThen() throws Exception {
        AsyncListener listener = passAsync((r, s) -> {});

        guard();
        listener.onStartAsync(event());
        listener.onComplete(event());
        listener.onComplete(event());

        assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));
    }

    @Test
    void unguardedOneToo() throws Exception {
        passAsync((r, s) -> {}).onComplete(event());

        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void oneThatFailedLaterIsNot() throws Exception {
        AsyncListener listener = passAsync((r, s) -> {});

        when(response.getStatus()).thenReturn(503);
        listener.onTimeout(event());
        listener.onError(event());
        listener.onComplete(event());

        assertThat(events).isEmpty();
    }

    @Test
    void cycleThatIsOverAlreadyIsReportedAtOnce() throws Exception {
        AsyncContext async = mock(AsyncContext.class);
        when(request.isAsyncStarted()).thenReturn(true);
        when(request.getAsyncContext()).thenReturn(async);
        doThrow(new IllegalStateException("complete")).when(async).addListener(any());

        pass(ConflictFilter.builder().strict(), (r, s) -> {});

        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void nobodyWaitsForWhatIsNotReported() throws Exception {
        when(request.getHeader("If-Match")).thenReturn(null);
        when(request.isAsyncStarted()).thenReturn(true);

        pass(ConflictFilter.builder().strict(), (r, s) -> {});

        verify(request, never()).getAsyncContext();
    }

    @Test
    void clientOfAStrictServerGetsA500WithoutTheTag() {
        try (TomcatServer server = TomcatServer.start(
                context -> ConflictFilter.builder().strict().tagOnPut().register(context, "/*"))) {
            var answer = server.exchange(
                    (request, response) -> {
                        ServletPreconditions.of(request).respondWith(() -> Optional.of(CURRENT));
                        response.setContentType("text/plain;charset=UTF-8");
                        response.getWriter().write("x".repeat(response.getBufferSize() / 2));
                        assertThat(response.getHeader("ETag")).isEqualTo("\"2\"");
                    },
                    "PUT",
                    "If-Match",
                    "\"1\"");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(field(answer, "ETag")).isNull();
            assertThat(answer.body()).doesNotContain("xxxx");
        }
    }
}
