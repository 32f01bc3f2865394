package dev.conflict.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** One resource behind HTTP, as the two functions of a race see it. */
record HttpEndpoint(
        HttpClient client,
        URI uri,
        String method,
        Map<String, String> headers,
        Consumer<HttpRequest.Builder> customizer,
        String validatorField,
        String preconditionField,
        Function<HttpResponse<String>, Optional<String>> currentValidator,
        ToLongFunction<String> count,
        UnaryOperator<String> change) {

    private static final int SHOWN_BODY_CHARS = 120;

    HttpEndpoint {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        headers = Collections.unmodifiableMap(sent);
    }

    Reading get() throws IOException, InterruptedException {
        HttpResponse<String> response = send(request().GET());
        String body = response.body();
        if (!isSuccess(response)) {
            throw new IOException("GET " + uri + " answered " + response.statusCode() + " " + beginning(body));
        }
        String validator = response.headers().firstValue(validatorField).orElse(null);
        return new Reading(count.applyAsLong(body), body, validator);
    }

    Answer put(Reading base) throws IOException, InterruptedException {
        HttpRequest.Builder request = request().method(method, BodyPublishers.ofString(change.apply(base.body())));
        if (!headers.containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        String validator = base.validator();
        if (validator != null) {
            request.setHeader(preconditionField, validator);
        }
        HttpResponse<String> response = send(request);
        return new Answer(
                response.statusCode(),
                currentValidator.apply(response).orElse(null),
                isSuccess(response) ? "" : beginning(response.body()));
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::setHeader);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        customizer.accept(request);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static boolean isSuccess(HttpResponse<String> response) {
        return response.statusCode() >= 200 && response.statusCode() < 300;
    }

    private static String beginning(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN_BODY_CHARS ? line : line.substring(0, SHOWN_BODY_CHARS) + "...";
    }
}
