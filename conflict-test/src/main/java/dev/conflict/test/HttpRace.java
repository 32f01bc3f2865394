package dev.conflict.test;

import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.Vocabulary;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes the exchange of a race over HTTP: a GET, and a write of the changed body under the ETag that the GET gave.
 *
 * <pre>{@code
 * LostUpdate.http(HttpClient.newHttpClient(), URI.create("http://localhost:8080/counter"))
 *         .count(body -> Long.parseLong(body))
 *         .change(body -> String.valueOf(Long.parseLong(body) + 1))
 *         .race()
 *         .with(16)
 *         .assertNoneLost();
 * }</pre>
 *
 * <p>A GET that is not answered with 200 to 299 counts as a failed read. A write that gets no answer counts as an unknown
 * outcome. An instance is a builder, not safe for use by several threads; the functions are called by many at once.
 */
public final class HttpRace {

    private final HttpClient client;
    private final URI uri;
    private @Nullable ToLongFunction<String> count;
    private @Nullable UnaryOperator<String> change;
    private String method = "PUT";
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Consumer<HttpRequest.Builder> customizer = request -> {};
    private String validatorField = "ETag";
    private String preconditionField = "If-Match";
    private @Nullable Function<HttpResponse<String>, Optional<String>> currentValidator;

    HttpRace(HttpClient client, URI uri) {
        this.client = Objects.requireNonNull(client, "client");
        this.uri = Objects.requireNonNull(uri, "uri");
    }

    /**
     * Sets how the count is found in a body.
     *
     * @param count from the body of a GET to the value that each change raises by one
     * @return this
     */
    public HttpRace count(ToLongFunction<String> count) {
        this.count = Objects.requireNonNull(count, "count");
        return this;
    }

    /**
     * Sets the change: what a client writes, made from what it read.
     *
     * @param change from the body of a GET to the body of the write, with a count that is higher by one
     * @return this
     */
    public HttpRace change(UnaryOperator<String> change) {
        this.change = Objects.requireNonNull(change, "change");
        return this;
    }

    /**
     * Sets the method of the write: PUT unless told otherwise.
     *
     * @param method the method
     * @return this
     * @throws IllegalArgumentException if the method is one that changes nothing
     */
    public HttpRace method(String method) {
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            throw new IllegalArgumentException(
                    "method(" + method + ") is safe: a race needs one that changes something");
        }
        this.method = method;
        return this;
    }

    /**
     * Sets a header field of every request. A write has Content-Type application/json unless it is set here.
     *
     * @param name the field name
     * @param value the field value
     * @return this
     */
    public HttpRace header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * Sets what has the last word on every request, such as a timeout or fresh credentials.
     *
     * @param customizer called with each request before it is sent
     * @return this
     */
    public HttpRace request(Consumer<HttpRequest.Builder> customizer) {
        this.customizer = Objects.requireNonNull(customizer, "customizer");
        return this;
    }

    /**
     * Sets which fields carry the validator: ETag and If-Match unless told otherwise. The other pair of RFC 9110 is
     * Last-Modified and If-Unmodified-Since.
     *
     * @param validatorField the response field that names the state
     * @param preconditionField the request field that states it; not sent where a GET gave no validator
     * @return this
     */
    public HttpRace precondition(String validatorField, String preconditionField) {
        this.validatorField = Objects.requireNonNull(validatorField, "validatorField");
        this.preconditionField = Objects.requireNonNull(preconditionField, "preconditionField");
        return this;
    }

    /**
     * Sets how the current validator is found in the answer to a write. Unless told otherwise it is the same field as in
     * the answer to a GET, else the member {@code currentEtag} of a problem.
     *
     * @param currentValidator from the answer to the validator that it names, in the same form as a GET gives it; empty
     *     where it names none
     * @return this
     */
    public HttpRace currentValidator(Function<HttpResponse<String>, Optional<String>> currentValidator) {
        this.currentValidator = Objects.requireNonNull(currentValidator, "currentValidator");
        return this;
    }

    /**
     * Completes the description.
     *
     * @return the race, to be configured and run
     * @throws IllegalStateException if the count or the change is missing, or a header set by name contradicts the
     *     precondition
     */
    public LostUpdate race() {
        ToLongFunction<String> counted = required(count, "count");
        UnaryOperator<String> changed = required(change, "change");
        String fixed = headers.get(preconditionField);
        if (fixed != null) {
            throw new IllegalStateException("header(" + preconditionField + ", " + fixed + ") contradicts precondition("
                    + validatorField + ", " + preconditionField + "), which sends what each client read");
        }
        String field = validatorField;
        HttpEndpoint endpoint = new HttpEndpoint(
                client,
                uri,
                method,
                headers,
                customizer,
                validatorField,
                preconditionField,
                currentValidator != null
                        ? currentValidator
                        : response -> response.headers().firstValue(field).or(() -> currentEtag(response)),
                counted,
                changed);
        return LostUpdate.race(endpoint::get, endpoint::put);
    }

    private static Optional<String> currentEtag(HttpResponse<String> response) {
        return ProblemDetail.parse(response.body().getBytes(StandardCharsets.UTF_8))
                .flatMap(problem -> problem.text(Vocabulary.Members.CURRENT_ETAG));
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException(name + "(...) is missing: a race over HTTP needs count and change");
        }
        return value;
    }
}
