package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code docs/conditional-requests.md} shows of servlets. */
class ConditionalRequestsPageTest {
    /** As much of a service as the page needs. */
    private record Documents(EntityTag tag) {
        Optional<Validators> validators(String path) {
            return path.equals("/1") ? Optional.of(Validators.of(tag)) : Optional.empty();
        }
    }

    /** Stands in for the container's own security. */
    private static final Filter EDITOR = (request, response, chain) -> chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public boolean isUserInRole(String role) {
                    return role.equals("editor");
                }
            },
            response);

    private static void register(ServletContext servletContext, Documents documents) {
        ConflictFilter.builder()
                .preconditions("/documents/*", Preconditions.required().refusingAny())
                .validators(
                        "/documents/*",
                        request -> request.isUserInRole("editor")
                                ? documents.validators(request.getPathInfo())
                                : Optional.empty())
                .register(servletContext, "/*");
    }

    @Test
    void resourcesHaveRulesAndSources() {
        try (TomcatServer server = TomcatServer.start(context -> {
            context.addFilter("login", EDITOR).addMappingForUrlPatterns(null, false, "/*");
            register(context, new Documents(EntityTag.strong("2")));
            context.addServlet("documents", new Writable()).addMapping("/documents/*");
        })) {
            assertThat(server.send("PUT", "/documents/1", "If-Match", "\"1\"").statusCode())
                    .isEqualTo(412);
            assertThat(server.send("PUT", "/documents/1", "If-Match", "*").statusCode())
                    .isEqualTo(428);
            assertThat(server.send("PUT", "/documents/1", "If-Match", "\"2\"").statusCode())
                    .isEqualTo(204);
        }
    }

    private static final class Writable extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPut(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(204);
        }
    }
}
