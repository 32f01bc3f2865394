package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import dev.conflict.peers.Servlets.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.WebResource;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.util.ServerInfo;
import org.jspecify.annotations.Nullable;

/** Tomcat's {@code DefaultServlet}, with other validators than those of a file. */
final class Tomcat implements Peer {
    private static final Set<String> WITHOUT = Set.of("OPTIONS", "TRACE", "CONNECT");

    @Override
    public String name() {
        return "tomcat";
    }

    @Override
    public String version() {
        return ServerInfo.getServerNumber();
    }

    @Override
    public Optional<String> notApplicable(ConformanceCase asked) {
        if (asked.now() != null) {
            return Optional.of("has no clock to set");
        }
        return WITHOUT.contains(asked.method())
                ? Optional.of("its servlet does not evaluate OPTIONS, TRACE and CONNECT")
                : Optional.empty();
    }

    @Override
    public String outcome(ConformanceCase asked) throws IOException {
        Evaluator evaluator = new Evaluator(asked.state().etag());
        Answer answer = new Answer();
        HttpServletRequest request = Servlets.request(asked);
        HttpServletResponse response = answer.response();
        WebResource resource = resource(asked.state());
        if (!evaluator.checkIfHeaders(request, response, resource)) {
            return answer.refusal();
        }
        // As parseRange does.
        if (!asked.method().equals("GET")
                || asked.values("Range").isEmpty()
                || evaluator.checkIfRange(request, response, resource)) {
            return "proceed";
        }
        return answer.status == HttpServletResponse.SC_OK ? "proceed-ignoring-range" : answer.refusal();
    }

    private static WebResource resource(ConformanceCase.State state) {
        Instant lastModified = state.lastModified();
        return (WebResource) Proxy.newProxyInstance(
                Tomcat.class.getClassLoader(),
                new Class<?>[] {WebResource.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "exists" -> state.exists();
                    case "getLastModified" -> lastModified == null ? 0L : lastModified.toEpochMilli();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static final class Evaluator extends DefaultServlet {
        private static final long serialVersionUID = 1L;

        private final @Nullable String etag;

        Evaluator(@Nullable String etag) {
            this.etag = etag;
        }

        @Override
        @SuppressWarnings("NullAway") // Tomcat's own tag of what does not exist is null too
        protected @Nullable String generateETag(WebResource resource) {
            return etag;
        }

        @Override
        protected boolean checkIfHeaders(HttpServletRequest request, HttpServletResponse response, WebResource resource)
                throws IOException {
            return super.checkIfHeaders(request, response, resource);
        }

        @Override
        protected boolean checkIfRange(HttpServletRequest request, HttpServletResponse response, WebResource resource)
                throws IOException {
            return super.checkIfRange(request, response, resource);
        }
    }
}
