package dev.conflict.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.http.ConditionalRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jersey 3.1 on a server without a servlet. */
class JerseyOnGrizzlyTest extends RestContract {
    @Override
    protected RestServer start(Application application) throws IOException {
        HttpServer server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://localhost:0/"), ResourceConfig.forApplication(application), false);
        server.start();
        return new RestServer() {
            @Override
            public int port() {
                return server.getListeners().iterator().next().getPort();
            }

            @Override
            public void close() {
                server.shutdownNow();
            }
        };
    }

    /** A resource that is made once. */
    @Singleton
    @Path("/kept")
    public static class Kept {
        @Context
        private @Nullable ConditionalRequest conditional;

        @GET
        public String read() {
            return conditional == null ? "none" : conditional.method();
        }
    }

    /** Else every later request would be compared by what the first one stated. */
    @Test
    void resourceThatLivesLongerThanARequestGetsNoLedger() throws Exception {
        try (RestServer server = start(new RestServer.Contract(Set.of(Kept.class), Set.of(), Map.of()))) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/kept"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(500);
        }
    }
}
