package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.Versioned;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends the requests that {@code docs/choosing-a-status.md} gives as examples, and holds the answers against the page.
 *
 * <p>The application has a thing 1 of version 7 that is shipped, a thing 2 that the caller may not touch, and no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StatusContract {
    private static final Path PAGE = page();
    private static final Pattern ROW = Pattern.compile("\\| (\\d{3}) \\|.*\\| `([A-Z]+ [^`]+)`([^|]*)\\| ([^|]*) \\|");
    private static final Pattern FIELD = Pattern.compile("`([A-Z][A-Za-z-]+: [^`]+)`");
    private static final Pattern BODY = Pattern.compile("content `([^`]+)`");

    private ServletServer server;

    protected abstract ServletServer.Container container();

    private static Path page() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/choosing-a-status.md"))) {
            root = root.getParent();
        }
        return root.resolve("docs/choosing-a-status.md");
    }

    @BeforeAll
    void start() throws Exception {
        server = container().start(new ServletServer.Application(StatusContract::open, List.of()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void open(ServletContext context) {
        ConflictFilter.register(context, "/*");
        ServletRegistration.Dynamic things = context.addServlet("things", new Things());
        things.addMapping("/things/*");
    }

    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> arguments(
                        Integer.parseInt(row.group(1)),
                        row.group(2),
                        FIELD.matcher(row.group(3))
                                .results()
                                .map(field -> field.group(1))
                                .toList(),
                        BODY.matcher(row.group(3))
                                .results()
                                .map(body -> body.group(1))
                                .findFirst()
                                .orElse(""),
                        row.group(4).replace("`", "").strip()));
    }

    @Test
    void everyStatusOfThePageHasAnExample() throws IOException {
        assertThat(rows().map(row -> row.get()[0]).toList()).contains(400, 403, 404, 405, 409, 412, 422, 428);
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @MethodSource("rows")
    void exampleIsAnsweredAsThePageSays(int status, String line, List<String> fields, String body, String type)
            throws Exception {
        StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
        fields.forEach(field -> request.append(field).append("\r\n"));
        request.append("Content-Length: ").append(body.length()).append("\r\nConnection: close\r\n\r\n");

        Reply reply = Reply.of(RawClient.exchange(server.port(), request + body, ""));

        assertThat(reply.status()).isEqualTo(status);
        if (type.equals("any page")) {
            assertThat(reply.value("Content-Type")).doesNotContain("problem");
        } else {
            assertThat(reply.problem().type()).endsWith(type);
        }
    }

    /** Checks in the order in which a server has to: may he, is it there, is what he states true, is what he sends right. */
    private static final class Things extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private static final Map<String, Thing> THINGS =
                Map.of("1", new Thing(Revision.of(7)), "2", new Thing(Revision.of(7)));

        private record Thing(Revision version) implements Versioned {}

        private static void check(Target target, @Nullable Thing document, HttpServletRequest request) {
            if (document == null) {
                ServletPreconditions.of(request).require(target, Validators.absent());
                return;
            }
            ConditionalRequest conditional = ServletPreconditions.of(request);
            conditional.require(target, Validators.of(EntityTag.from(document.version())));
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String[] path = String.valueOf(request.getPathInfo()).split("/", -1);
            if (path.length < 2) {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                return;
            }
            String id = path[1];
            if (id.equals("2")) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return;
            }
            if (!THINGS.containsKey(id) && !Set.of("PUT", "POST").contains(request.getMethod())) {
                throw ProblemException.notFound();
            }
            Thing document = THINGS.get(id);
            check(new Target("thing", id), document, request);
            if (path.length > 2) {
                throw ConflictException.state("ORDER_ALREADY_SHIPPED").current("SHIPPED");
            }
            String content = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (content.startsWith("-")) {
                throw ConflictException.integrity("quantity", "positive");
            }
            response.setStatus(document == null ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_NO_CONTENT);
        }
    }
}
