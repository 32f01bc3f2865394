package dev.conflict.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lost update that is refused and then resolved, in real requests, each printed as the {@code curl} line that sends it.
 *
 * <p>Ann gives a document a title while Ben writes on; Ben's write is refused since he has not seen Ann's. He reads again,
 * applies his change to what he read, and both changes stand. He never sends his old body under the new tag: that would
 * undo what Ann did.
 */
final class Play {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> SHOWN = List.of("Content-Type", "ETag", "Location");

    private final URI base;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Play(URI base, PrintStream out) {
        this.base = base;
        this.out = out;
    }

    /** Performs the play and returns its last answer. */
    HttpResponse<String> perform() throws IOException, InterruptedException {
        say("Somebody creates a document.");
        HttpResponse<String> created = send(
                "POST",
                base.resolve("/documents"),
                null,
                MAPPER.createObjectNode().put("title", "Untitled").put("text", "Dear all,"));
        URI document = base.resolve(created.headers().firstValue("location").orElseThrow());

        say("Ann and Ben read it. Both see the same version.");
        HttpResponse<String> seen = send("GET", document, null, null);

        say("Ann gives it a title. She states the version that she saw, and wins.");
        send("PUT", document, tag(seen), changed(seen, it -> it.put("title", "Summer party")));

        say(
                "Ben writes on, based on the version that he saw. Written blindly, this would undo Ann's title. It is refused.");
        Consumer<ObjectNode> bensChange = it -> it.put("text", it.get("text").asText() + " let us meet on Friday.");
        HttpResponse<String> answer = send("PUT", document, tag(seen), changed(seen, bensChange));

        while (answer.statusCode() == 412) {
            say("Ben reads again, and applies his change to what he reads.");
            seen = send("GET", document, null, null);
            answer = send("PUT", document, tag(seen), changed(seen, bensChange));
        }

        say("Both changes stand.");
        return send("GET", document, null, null);
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("etag").orElseThrow();
    }

    private static ObjectNode changed(HttpResponse<String> seen, Consumer<ObjectNode> change) throws IOException {
        ObjectNode document = (ObjectNode) MAPPER.readTree(seen.body());
        document.remove(List.of("version", "modified")); // If-Match states which version this is
        change.accept(document);
        return document;
    }

    private static String pretty(String json) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json));
    }

    private void say(String line) {
        out.println();
        out.println("# " + line);
    }

    private HttpResponse<String> send(String method, URI uri, @Nullable String ifMatch, @Nullable ObjectNode body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        StringBuilder curl = new StringBuilder("$ curl -i ");
        if (!method.equals("GET")) {
            curl.append("-X ").append(method).append(' ');
        }
        curl.append(uri);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
            curl.append(" -H 'If-Match: ").append(ifMatch).append('\'');
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body.toString())).header("Content-Type", "application/json");
            curl.append(" -H 'Content-Type: application/json' -d '")
                    .append(body)
                    .append('\'');
        }
        out.println(curl);
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        out.println("HTTP/1.1 " + answer.statusCode());
        for (String name : SHOWN) {
            answer.headers().firstValue(name).ifPresent(value -> out.println(name + ": " + value));
        }
        out.println();
        out.println(answer.statusCode() < 400 ? answer.body() : pretty(answer.body()));
        out.println();
        return answer;
    }
}
