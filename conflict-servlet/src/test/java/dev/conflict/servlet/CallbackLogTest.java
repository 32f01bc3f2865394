package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application gave to the filter may fail, and say in which value; the log says where it failed and no more. */
class CallbackLogTest {
    private static final Logger OURS = Logger.getLogger("dev.conflict");

    private final List<String> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord written) {
            log.add(new SimpleFormatter().format(written));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        OURS.addHandler(handler);
        OURS.setUseParentHandlers(false);
    }

    @AfterEach
    void hush() {
        OURS.removeHandler(handler);
        OURS.setUseParentHandlers(true);
        OURS.setLevel(null);
    }

    private static RuntimeException failure() {
        return new IllegalStateException("ada@secret.example\n2026 INFO forged", new RuntimeException("secret"));
    }

    static Stream<Arguments> callbacks() {
        return Stream.of(
                Arguments.of("listener", ConflictFilter.builder().listener(event -> {
                    throw failure();
                })),
                Arguments.of(
                        "neutral answer",
                        ConflictFilter.builder()
                                .problems(problems -> problems.neutral((occurrence, taken) -> {
                                    throw failure();
                                }))),
                Arguments.of(
                        "shape",
                        ConflictFilter.builder()
                                .problems(problems -> problems.shape(occurrence -> {
                                    throw failure();
                                }))),
                Arguments.of("caller", ConflictFilter.builder().caller(request -> {
                    throw failure();
                })),
                Arguments.of("trace", ConflictFilter.builder().traceId(request -> {
                    throw failure();
                })),
                Arguments.of("validators", ConflictFilter.builder().validators("/*", request -> {
                    throw failure();
                })));
    }

    private void refuse(ConflictFilter.Builder builder) throws Exception {
        HttpServletRequest request = Fakes.request("PUT", "/users/1");
        when(request.getServletPath()).thenReturn("/users/1");
        HttpServletResponse response = Fakes.response();
        when(response.getOutputStream()).thenReturn(mock());
        Fakes.initialised(builder).doFilter(request, response, (r, s) -> {
            throw ConflictException.unique("email").value("ada@secret.example");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacks")
    void failureIsLoggedWithoutWhatItSays(String which, ConflictFilter.Builder builder) throws Exception {
        refuse(builder);

        assertThat(log).hasSize(2).allMatch(line -> !line.contains("secret") && !line.contains("forged"));
        assertThat(log).anyMatch(line -> line.contains("java.lang.IllegalStateException"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacks")
    void failureOfWhatAnswersIsLoggedWholeForDebugging(String which, ConflictFilter.Builder builder) throws Exception {
        OURS.setLevel(Level.ALL);
        refuse(builder);

        boolean named = List.of("caller", "trace", "validators").contains(which); // their classes say enough
        assertThat(log.stream().anyMatch(line -> line.contains("forged"))).isEqualTo(!named);
    }
}
