package dev.conflict.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.file.FileStoreException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.schemas.ProblemSchemas;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** What becomes of an exception, and what the log says of it. */
class RefusalTest {
    private static final Logger LOGGER = Logger.getLogger("dev.conflict.servlet");

    private final HttpServletRequest request = Fakes.request("POST", "/orders/1");
    private final HttpServletResponse response = Fakes.response();
    private final List<LogRecord> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord written) {
            log.add(written);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void hush() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
        LOGGER.setLevel(null);
    }

    /** Lets a request pass a filter behind which something is thrown. */
    private void pass(Throwable thrown) throws Exception {
        Fakes.initialised(ConflictFilter.builder()).doFilter(request, response, (r, s) -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof IOException broken) {
                throw broken;
            }
            throw (RuntimeException) thrown;
        });
    }

    private String line() {
        assertThat(log).hasSize(1);
        return new SimpleFormatter().formatMessage(log.get(0));
    }

    private String writtenThroughAWriter() throws Exception {
        StringWriter text = new StringWriter();
        when(response.getOutputStream()).thenThrow(new IllegalStateException("writer taken"));
        when(response.getWriter()).thenReturn(new PrintWriter(text));
        pass(ConflictException.state("S").suggest("é"));
        ProblemSchemas.check("application/problem+json", text.toString().getBytes(UTF_8));
        return text.toString();
    }

    @Test
    void writerTakesTheProblemInAsciiIfThereIsNoStream() throws Exception {
        assertThat(writtenThroughAWriter()).contains("\"suggestion\":\"\\u00e9\"");
        verify(response).setContentLengthLong(-1);
        verify(response).setStatus(409);
        verify(response).setContentType("application/problem+json");
    }

    @Test
    void writerTakesNothingForHead() throws Exception {
        when(request.getMethod()).thenReturn("HEAD");

        assertThat(writtenThroughAWriter()).isEmpty();
    }

    @Test
    void exceptionGoesOnIfItsProblemCannotBeWritten() throws Exception {
        when(response.getOutputStream()).thenThrow(new IOException("gone"));
        ConflictException conflict = ConflictException.state("S").withStackTrace();

        assertThatThrownBy(() -> pass(conflict)).isSameAs(conflict);
        assertThat(log).isEmpty();
    }

    @Test
    void exceptionGoesOnBehindACommittedResponse() {
        when(response.isCommitted()).thenReturn(true);
        ConflictException conflict = ConflictException.state("S");

        assertThatThrownBy(() -> pass(conflict)).isSameAs(conflict);
        verify(response, never()).reset();
        verify(response, never()).setStatus(anyInt());
    }

    @Test
    void unknownExceptionGoesOnEvenIfTheErrorBeforeItCannotBeSent() throws Exception {
        IllegalStateException boom = new IllegalStateException("boom");
        doThrow(new IOException("gone")).when(response).sendError(500);

        assertThatThrownBy(() -> Fakes.initialised(ConflictFilter.builder()).doFilter(request, response, (r, s) -> {
                    ((HttpServletResponse) s).sendError(500);
                    throw boom;
                }))
                .isSameAs(boom)
                .hasSuppressedException(new IOException("gone"));
    }

    @Test
    void exceptionGoesOnIfTheResponseCannotBeReset() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        when(response.isCommitted()).thenReturn(false);
        doThrow(broken).when(response).reset();

        assertThatThrownBy(() -> pass(new IllegalStateException(ConflictException.state("S"))))
                .hasSuppressedException(broken);
    }

    @Test
    void exceptionAfterStartAsyncThatIsCompletedAlreadyGoesOn() {
        when(request.isAsyncStarted()).thenReturn(true);
        when(request.getAsyncContext()).thenThrow(new IllegalStateException("completed"));
        ConflictException conflict = ConflictException.state("S");

        assertThatThrownBy(() -> pass(conflict)).isSameAs(conflict);
    }

    @Test
    void unknownExceptionAfterStartAsyncLeavesNoListener() {
        when(request.isAsyncStarted()).thenReturn(true);
        AsyncContext async = mock(AsyncContext.class);
        when(request.getAsyncContext()).thenReturn(async);

        assertThatThrownBy(() -> pass(new IllegalStateException("boom"))).hasMessage("boom");
        verifyNoInteractions(async);
    }

    /** Lets a conflict be thrown after {@code startAsync()}, and the container report it. */
    private AsyncContext passAndReport(ConflictException conflict) throws Exception {
        AsyncContext async = mock();
        when(request.isAsyncStarted()).thenReturn(true);
        when(request.getAsyncContext()).thenReturn(async);
        assertThatThrownBy(() -> pass(conflict)).isSameAs(conflict);
        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.captor();
        verify(async).addListener(listener.capture());
        listener.getValue().onError(new AsyncEvent(async, request, response, conflict));
        return async;
    }

    /** A container may finish a completed cycle in another thread, beside the one that reported the error. */
    @Test
    void answerHasLeftBeforeItsCycleIsCompleted() throws Exception {
        ServletOutputStream stream = mock();
        when(response.getOutputStream()).thenReturn(stream);
        AsyncContext async = passAndReport(ConflictException.state("S"));

        InOrder order = inOrder(stream, async);
        order.verify(stream).write(any(byte[].class));
        order.verify(stream).close();
        order.verify(async).complete();
    }

    @Test
    void cycleWhoseAnswerCannotLeaveIsTheContainersToEnd() throws Exception {
        ServletOutputStream stream = mock();
        IOException gone = new IOException("gone");
        doThrow(gone).when(stream).close();
        when(response.getOutputStream()).thenReturn(stream);
        ConflictException conflict = ConflictException.state("S").withStackTrace();

        verify(passAndReport(conflict), never()).complete();
        assertThat(conflict).hasSuppressedException(gone);
        assertThat(log).isEmpty();
    }

    @Test
    void answerOnRequestHasLeftWhenItReturns() throws Exception {
        ServletOutputStream stream = mock();
        when(response.getOutputStream()).thenReturn(stream);
        Fakes.initialised(ConflictFilter.builder()).doFilter(request, response, (r, s) -> {});

        assertThat(ConflictResponses.send(request, response, ConflictException.state("S")))
                .isTrue();
        verify(stream).close();
    }

    @Test
    void answerOnRequestThroughAWriterHasLeftToo() throws Exception {
        PrintWriter writer = mock();
        when(response.getOutputStream()).thenThrow(new IllegalStateException("writer taken"));
        when(response.getWriter()).thenReturn(writer);
        Fakes.initialised(ConflictFilter.builder()).doFilter(request, response, (r, s) -> {});

        assertThat(ConflictResponses.send(request, response, ConflictException.state("S")))
                .isTrue();
        verify(writer).close();
    }

    /** Filters further out may still have something to add. */
    @Test
    void answerThatReturnsThroughTheFiltersStaysOpen() throws Exception {
        ServletOutputStream stream = mock();
        when(response.getOutputStream()).thenReturn(stream);
        pass(ConflictException.state("S"));

        verify(stream).write(any(byte[].class));
        verify(stream, never()).close();
    }

    @Test
    void requestThatIsNotHttpPasses() throws Exception {
        ServletRequest plain = mock(ServletRequest.class);
        ServletResponse answer = mock(ServletResponse.class);
        List<ServletResponse> seen = new ArrayList<>();

        Fakes.initialised(ConflictFilter.builder()).doFilter(plain, answer, (r, s) -> seen.add(s));

        assertThat(seen).containsExactly(answer);
    }

    @Test
    void errorDispatchPasses() throws Exception {
        when(request.getDispatcherType()).thenReturn(DispatcherType.ERROR);
        ConflictException conflict = ConflictException.state("S");

        assertThatThrownBy(() -> pass(conflict)).isSameAs(conflict);
    }

    @Test
    void lineNamesStatusCodeMethodPathAndId() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        pass(new IllegalStateException("secret", ConflictException.state("ORDER_ALREADY_SHIPPED")));

        assertThat(line())
                .matches(
                        "409 urn:problem-type:conflict:state-conflict ORDER_ALREADY_SHIPPED POST /orders/1 urn:uuid:[0-9a-f-]{36}");
        assertThat(log.get(0).getLevel()).isEqualTo(Level.INFO);
        assertThat(log.get(0).getThrown()).isNull();
    }

    @Test
    void lineCannotBeForged() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        when(request.getRequestURI())
                .thenReturn("/a\r\n2026 INFO {0} forged\u001b[0m é" + (char) 0x2028 + "\\u000a" + "x".repeat(1000));
        when(request.getMethod()).thenReturn("PO\nST");
        pass(ConflictException.state("S"));

        assertThat(line())
                .matches(
                        "409 \\S+ S PO\\\\u000aST /a\\\\u000d\\\\u000a2026\\\\u0020INFO\\\\u0020\\{0}\\\\u0020forged\\\\u001b\\[0m"
                                + "\\\\u0020\\\\u00e9\\\\u2028\\\\u005cu000ax+\\.\\.\\. urn:uuid:.*");
        assertThat(line()).hasSizeLessThan(500);
    }

    /** Databases repeat values in their messages. */
    @Test
    void causesAreNamedByTheirClassesOnlyForDebugging() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        LOGGER.setLevel(Level.ALL);
        pass(ConflictException.state("S").causedBy(new IllegalStateException("secret")));

        assertThat(log).extracting(LogRecord::getThrown).containsOnlyNulls();
        assertThat(log.get(1).getParameters())
                .contains("dev.conflict.ConflictException$State <- java.lang.IllegalStateException");
        assertThat(log)
                .allSatisfy(line -> assertThat(List.of(line.getParameters()).toString() + line.getMessage())
                        .doesNotContain("secret"));
    }

    /** Also where a message runs over several lines. */
    @Test
    void faultOfTheServerIsLoggedWithItsCausesAndWithoutWhatTheySay() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        IOException cause = new IOException("/srv/files/a.txt\nforged");
        FileStoreException broken = new FileStoreException("a.txt", cause);
        pass(broken);

        assertThat(log).hasSize(2);
        assertThat(log.get(1).getLevel()).isEqualTo(Level.SEVERE);
        Throwable logged = log.get(1).getThrown();
        assertThat(logged).hasToString("dev.conflict.file.FileStoreException");
        assertThat(logged)
                .hasMessage(null)
                .cause()
                .hasMessage(null)
                .hasToString("java.io.IOException")
                .extracting(Throwable::getStackTrace)
                .isEqualTo(cause.getStackTrace());
        assertThat(log.get(1).getMessage()).matches("Behind urn:uuid:[0-9a-f-]{36}");
    }

    @Test
    void faultOfTheServerIsLoggedWholeForDebugging() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        LOGGER.setLevel(Level.ALL);
        FileStoreException broken = new FileStoreException("a.txt", new IOException("/srv/files/a.txt"));
        pass(broken);

        assertThat(log).extracting(LogRecord::getThrown).contains(broken);
        assertThat(log.get(2).getLevel()).isEqualTo(Level.FINE);
    }

    @Test
    void nothingIsLoggedWhereNobodyListens() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        LOGGER.setLevel(Level.OFF);
        pass(ConflictException.state("S"));

        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/a,/a", "/a;b=c,/a", "/a;b=c/d;e,/a/d", "/;a/,//", "';',''"})
    void parametersAreCutOutOfAPath(String uri, String path) {
        assertThat(Refusal.withoutParameters(uri)).isEqualTo(path);
    }

    @Test
    void pathIsTheOneThatTheClientAskedFor() throws Exception {
        when(response.getOutputStream()).thenReturn(mock());
        Fakes.initialised(ConflictFilter.builder()).doFilter(request, response, (r, s) -> {
            when(request.getDispatcherType()).thenReturn(DispatcherType.FORWARD);
            when(request.getRequestURI()).thenReturn("/target");
            r.setAttribute(RequestDispatcher.FORWARD_REQUEST_URI, "/asked");
            assertThat(ConflictResponses.send(r, s, ConflictException.state("S")))
                    .isTrue();
        });

        assertThat(line()).contains("POST /asked ");
    }

    @Test
    void callerWhomTheContainerKnowsIsAuthenticated() throws Exception {
        StringWriter text = new StringWriter();
        when(request.getUserPrincipal()).thenReturn(mock(Principal.class));
        when(response.getOutputStream()).thenThrow(new IllegalStateException());
        when(response.getWriter()).thenReturn(new PrintWriter(text));
        pass(ConflictException.unique("email").disclose(Disclosure.AUTHENTICATED));

        assertThat(text.toString()).contains("EMAIL_TAKEN");
    }

    @Test
    void answerOnRequestNeedsAFilterAndHttp() {
        assertThatThrownBy(() -> ConflictResponses.send(request, response, ConflictException.state("S")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ConflictFilter.register");
        assertThatThrownBy(() -> ConflictResponses.send(
                        mock(ServletRequest.class), mock(ServletResponse.class), ConflictException.state("S")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ledgerWorksWithoutAFilterAndIsOneForARequestAndItsWrappers() {
        ConditionalRequest ledger = ServletPreconditions.of(request);

        assertThat(ServletPreconditions.of(new HttpServletRequestWrapper(request)))
                .isSameAs(ledger);
        assertThat(ledger.method()).isEqualTo("POST");
        verify(response, never()).setHeader(any(), any());
    }
}
