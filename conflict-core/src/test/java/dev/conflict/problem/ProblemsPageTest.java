package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Dependent;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.StateMachine;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.Vocabulary.Types;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/problems.md} shows: every request there is refused by our guards, and every answer is what we send. */
class ProblemsPageTest {
    private static final Path PAGE = Path.of("../docs/problems.md");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final EntityTag TAG = EntityTag.from(Revision.of(8));
    private static final Target TARGET = new Target("thing", "1");
    private static final ObjectMapper JACKSON = new ObjectMapper();

    // What the page shows of an application.

    static final ProblemType OUT_OF_CREDIT = new ProblemType("out-of-credit", 402)
            .withCodes("OUT_OF_CREDIT")
            .withMembers("balance", "costs")
            .withHelp(URI.create("https://shop.example/help/credit"));

    private enum OrderStatus {
        NEW,
        REVIEWED,
        SHIPPED,
        CANCELLED
    }

    private static final StateMachine<OrderStatus> ORDER = StateMachine.builder(OrderStatus.class)
            .allow("review", OrderStatus.NEW, OrderStatus.REVIEWED, "ADDRESS_COMPLETE")
            .allow("ship", OrderStatus.REVIEWED, OrderStatus.SHIPPED)
            .allow("cancel", OrderStatus.NEW, OrderStatus.CANCELLED)
            .refuse(
                    OrderStatus.SHIPPED,
                    OrderStatus.CANCELLED,
                    refusal -> refusal.code("ORDER_ALREADY_SHIPPED").suggest("Open a return instead."))
            .build();

    private static ProblemTranslator translator() {
        return ProblemTranslator.builder()
                .typeBase("https://shop.example/problems/")
                .messages("dev.conflict.problem.shop", Locale.ENGLISH)
                .type(OUT_OF_CREDIT)
                .table(ProblemTable.standard()
                        .withStatus(Types.INTEGRITY, 400)
                        .withStatus(Types.GONE_MEANWHILE, 410)
                        .withStatus(Types.CONCURRENCY, 503))
                .build(ProblemsPageTest.class.getClassLoader());
    }

    private static ProblemTranslator.Builder standard() {
        return ProblemTranslator.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private record User(String name, String team, int seats) {}

    private static void register(User user, List<String> names, List<String> teams) {
        Conflicts.requireAll(
                () -> Conflicts.requireUnique("username", user.name(), names::contains, Disclosure.PUBLIC),
                () -> Conflicts.requireReference("team", user.team(), teams::contains),
                () -> Conflicts.requireRule("seats", "positive", user.seats(), seats -> seats > 0));
    }

    private static ProblemTranslator.Builder neutral(List<Object> mail) {
        return standard().neutral((occurrence, taken) -> {
            mail.add(taken);
            return Optional.of(NeutralReply.of(202).body("application/json", "{\"next\":\"Look into your mail.\"}"));
        });
    }

    private static ProblemTranslator.Builder older() {
        return standard()
                .shape(occurrence -> occurrence.path().startsWith("/v1/") ? ProblemShape.OLDER : ProblemShape.RFC_9457);
    }

    /** An exchange on the page. */
    record Example(
            String heading, String request, ProblemTranslator.Builder edge, Consumer<ConditionalRequest> handler) {
        static Example of(String heading, String request, Consumer<ConditionalRequest> handler) {
            return new Example(heading, request, standard(), handler);
        }

        @Override
        public String toString() {
            return heading;
        }
    }

    private static Consumer<ConditionalRequest> thrower(RuntimeException thrown) {
        return request -> {
            throw thrown;
        };
    }

    static List<Example> examples() {
        List<Example> all = new ArrayList<>();
        all.add(Example.of(
                "A version in `If-Match` that is no longer there",
                "PUT /documents/1 HTTP/1.1\nIf-Match: \"1-7\"",
                request -> request.require(TARGET, Validators.of(TAG))));
        all.add(Example.of(
                "A version in the content that is no longer there",
                "PATCH /orders/1 HTTP/1.1\nContent-Type: application/json\n\n{\"version\": 7, \"note\": \"Ring twice\"}",
                request -> {
                    try {
                        Conflicts.requireVersion(7, Revision.of(8));
                    } catch (ConflictException.VersionMismatch lost) {
                        throw lost.changed("Ada", NOW.minusSeconds(60));
                    }
                }));
        all.add(Example.of(
                "No version in a content that must carry one",
                "PATCH /orders/1 HTTP/1.1\nContent-Type: application/json\n\n{\"note\": \"Ring twice\"}",
                request -> Conflicts.requireVersion(null, Revision.of(8))));
        all.add(Example.of(
                "Another precondition that is false",
                "PUT /documents/1 HTTP/1.1\nIf-None-Match: *",
                request -> request.require(TARGET, Validators.of(TAG))));
        all.add(Example.of(
                "No precondition where one is required",
                "PUT /documents/1 HTTP/1.1",
                request -> request.require(TARGET, Validators.of(TAG))));
        all.add(Example.of(
                "A precondition that cannot be read",
                "PUT /documents/1 HTTP/1.1\nIf-Match: 1-7",
                request -> request.require(TARGET, Validators.of(TAG))));
        all.add(Example.of(
                "A precondition that is too large",
                "PUT /documents/1 HTTP/1.1\nIf-Match: " + "\"1-7\", ".repeat(3) + "…",
                request -> ConditionalRequest.of(
                                "PUT",
                                name -> name.equals("If-Match")
                                        ? Collections.enumeration(List.of("\"1-7\", ".repeat(2000) + "\"1-7\""))
                                        : null,
                                Preconditions.required())
                        .require(TARGET, Validators.of(TAG))));
        all.add(Example.of(
                "A content that is not valid",
                "POST /orders HTTP/1.1\nContent-Type: application/json\n\n{\"items\": [{\"sku\": \"A-1\", \"quantity\": 0}]}",
                thrower(new ValidationErrors()
                        .add("items[0].quantity", "POSITIVE", "must be greater than 0")
                        .toException())));
        all.add(Example.of(
                "A value that is taken",
                "POST /users HTTP/1.1\nContent-Type: application/json\n\n{\"username\": \"ada\"}",
                request -> {
                    throw ConflictException.unique("username")
                            .value("ada")
                            .alternatives(List.of("ada1", "ada.l"))
                            .disclose(Disclosure.PUBLIC);
                }));
        all.add(Example.of(
                "A value that is taken, and nobody may know",
                "POST /users HTTP/1.1\nContent-Type: application/json\n\n{\"email\": \"ada@example.org\"}",
                request -> Conflicts.requireUnique("email", "ada@example.org", email -> true)));
        all.add(new Example(
                "The same, where the application answers as if it were free",
                "POST /users HTTP/1.1\nContent-Type: application/json\n\n{\"email\": \"ada@example.org\"}",
                neutral(new ArrayList<>()),
                request -> Conflicts.requireUnique("email", "ada@example.org", email -> true)));
        all.add(Example.of(
                "A resource that exists",
                "POST /products HTTP/1.1\nContent-Type: application/json\n\n{\"sku\": \"A-1\"}",
                request -> Conflicts.requireAbsent("SKU", URI.create("/products/17"))));
        all.add(Example.of("A resource that is gone", "PATCH /tasks/1 HTTP/1.1\nIf-Match: \"1-7\"", request -> {
            throw ConflictException.gone().deleted("Ada", NOW.minusSeconds(60));
        }));
        all.add(Example.of(
                "A state that does not allow the action",
                "POST /orders/1/cancel HTTP/1.1",
                request -> ORDER.require(OrderStatus.SHIPPED, OrderStatus.CANCELLED)));
        all.add(Example.of(
                "Something to be done first",
                "POST /orders/2/review HTTP/1.1",
                request -> ORDER.require(OrderStatus.NEW, OrderStatus.REVIEWED)));
        all.add(Example.of(
                "Others that depend on it",
                "DELETE /projects/1 HTTP/1.1\nIf-Match: \"1-8\"",
                request -> Conflicts.requireNoDependents(
                        2,
                        () -> List.of(
                                new Dependent("Write the page", URI.create("/tasks/1")),
                                new Dependent("Read the page", URI.create("/tasks/2"))))));
        all.add(Example.of(
                "A rule that the content breaks",
                "PATCH /items/1 HTTP/1.1\nContent-Type: application/json\n\n{\"quantity\": -5}",
                request -> Conflicts.requireRule("quantity", "positive", -5, quantity -> quantity > 0)));
        all.add(Example.of(
                "Two ranges that overlap",
                "POST /rooms/1/bookings HTTP/1.1\nContent-Type: application/json\n\n"
                        + "{\"from\": \"2026-12-01\", \"to\": \"2026-12-05\"}",
                request -> {
                    throw ConflictException.exclusion("ROOM_BOOKED").field("from");
                }));
        all.add(Example.of(
                "A file that stands in the way", "PUT /files/report.txt HTTP/1.1\nIf-None-Match: *", request -> {
                    throw ConflictException.file(FileReason.EXISTS, "report.txt")
                            .statedIn("If-None-Match", null, TAG)
                            .way("rename", Map.of("name", "report (2).txt"))
                            .way("overwrite", overwrite())
                            .way("elsewhere", Map.of());
                }));
        all.add(Example.of("A folder that is not empty", "DELETE /files/reports HTTP/1.1", request -> {
            throw ConflictException.file(FileReason.NOT_EMPTY, "reports");
        }));
        all.add(Example.of("Transactions that got in each other's way", "POST /transfers HTTP/1.1", request -> {
            throw ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofMillis(1500));
        }));
        all.add(Example.of(
                "A resource that somebody holds", "PUT /documents/2 HTTP/1.1\nIf-Match: \"1-3\"", request -> {
                    throw ConflictException.locked().held("Ada", NOW.plusSeconds(600));
                }));
        all.add(Example.of(
                "A repeated request whose first is running",
                "POST /payments HTTP/1.1\nIdempotency-Key: \"8e03978e\"",
                request -> {
                    throw ConflictException.idempotency(IdempotencyReason.IN_PROGRESS)
                            .retryAfter(Duration.ofSeconds(2));
                }));
        all.add(Example.of(
                "Several at once",
                "POST /users HTTP/1.1\nContent-Type: application/json\n\n"
                        + "{\"username\": \"ada\", \"team\": \"none\", \"seats\": 3}",
                request -> register(new User("ada", "none", 3), List.of("ada"), List.of("blue"))));
        all.add(Example.of("A unique constraint that nobody declared", "POST /users HTTP/1.1", request -> {
            throw ConflictException.undeclared(Undeclared.UNIQUE);
        }));
        all.add(Example.of("Nothing there", "GET /documents/9 HTTP/1.1", thrower(ProblemException.notFound())));
        all.add(new Example(
                "A type of the application's own",
                "POST /orders HTTP/1.1",
                standard().messages("dev.conflict.problem.shop", Locale.ENGLISH).type(OUT_OF_CREDIT),
                request -> {
                    throw new ProblemException(ProblemDetail.builder(OUT_OF_CREDIT)
                            .extension("balance", 30)
                            .extension("costs", 50)
                            .build());
                }));
        all.add(Example.of(
                "In another language",
                "POST /orders/2/review HTTP/1.1\nAccept-Language: de-CH, en;q=0.5",
                request -> ORDER.require(OrderStatus.NEW, OrderStatus.REVIEWED)));
        all.add(new Example(
                "In the older shape",
                "POST /v1/orders/1/cancel HTTP/1.1",
                older(),
                request -> ORDER.require(OrderStatus.SHIPPED, OrderStatus.CANCELLED)));
        return all;
    }

    private static Map<String, String> overwrite() {
        Map<String, String> overwrite = new LinkedHashMap<>();
        overwrite.put("header", "If-Match");
        overwrite.put("value", TAG.toString());
        return overwrite;
    }

    private static @Nullable String field(String request, String name) {
        return request.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }

    private static Answer answer(Example example) {
        String[] line = example.request().lines().findFirst().orElseThrow().split(" ", -1);
        ConditionalRequest ledger = ConditionalRequest.of(
                line[0],
                name -> {
                    String value = field(example.request(), name);
                    return value == null ? null : Collections.enumeration(List.of(value));
                },
                Preconditions.required());
        try {
            example.handler().accept(ledger);
        } catch (RuntimeException thrown) {
            return example.edge()
                    .build(ProblemsPageTest.class.getClassLoader())
                    .translate(
                            thrown,
                            ledger,
                            Occurrence.of(line[0], line[1])
                                    .by(Caller.ANONYMOUS)
                                    .withAcceptLanguage(field(example.request(), "Accept-Language")))
                    .orElseThrow();
        }
        throw new AssertionError(example + " was not refused");
    }

    private static String block(Example example) throws IOException {
        Answer answer = Held.of(answer(example));
        StringBuilder block = new StringBuilder("### " + example.heading() + "\n\n```http\n" + example.request()
                + "\n```\n\n```http\nHTTP/1.1 " + answer.status() + "\n");
        answer.fields().entrySet().stream()
                .filter(field ->
                        !List.of("Cache-Control", "X-Content-Type-Options").contains(field.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> block.append(field.getKey() + ": " + field.getValue() + "\n"));
        if (!answer.varies().isEmpty()) {
            block.append("Vary: " + String.join(", ", answer.varies()) + "\n");
        }
        ObjectNode body = (ObjectNode) JACKSON.readTree(answer.body());
        if (body.has("instance")) {
            body.put("instance", "urn:uuid:0b7e7dee-87a6-4d52-9dd4-8b7f5d8a1c11");
        }
        block.append("Content-Type: " + answer.mediaType().orElseThrow() + "\n\n");
        return block.append(JACKSON.writer(new DefaultPrettyPrinter()
                                .withSeparators(Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)))
                        .writeValueAsString(body))
                .append("\n```\n")
                .toString();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exchangeIsTheOneThatThePageShows(Example example) throws IOException {
        String block = block(example);
        Path built = Path.of("target/problems-page");
        Files.createDirectories(built);
        Files.writeString(
                built.resolve(examples().stream().map(Example::heading).toList().indexOf(example.heading()) + ".md"),
                block);
        assertThat(Files.readString(PAGE)).contains(block);
    }

    @Test
    void pageShowsNoOtherExchange() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Pattern.compile("(?m)^### (.*)$").matcher(page).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(
                        examples().stream().map(Example::heading).toList());
        assertThat(Pattern.compile("```http").matcher(page).results().map(MatchResult::group))
                .hasSize(2 * examples().size());
    }

    @Test
    void everyKindIsShown() {
        List<String> shown = examples().stream()
                .map(example -> answer(example).problem())
                .map(problem -> problem.type().substring(problem.type().lastIndexOf(':') + 1))
                .toList();
        for (ProblemType type : StandardTypes.all()) {
            boolean alike = type.name().startsWith("operation-") || type.name().startsWith("idempotency-");
            assertThat(shown).contains(alike ? Types.OPERATION_IN_PROGRESS : type.name());
        }
    }

    @Test
    void configurationOfThePageHolds() {
        ProblemCatalog catalog = translator().catalog();
        assertThat(catalog.find("https://shop.example/problems/gone-meanwhile")
                        .orElseThrow()
                        .status())
                .isEqualTo(410);
        assertThat(catalog.find("out-of-credit").orElseThrow().title(Locale.ENGLISH))
                .isEqualTo("Not enough credit");
    }

    @Test
    void problemIsReadAsThePageSays() {
        byte[] body = ProblemDetail.builder(409)
                .type(URI.create("out-of-credit"))
                .extension("currentVersion", 8)
                .build()
                .toJson();
        URI requested = URI.create("https://shop.example/orders/1");

        ReceivedProblem received =
                ReceivedProblem.parse(409, "application/problem+json", body).orElseThrow();
        ProblemDetail problem = received.problem();
        URI type = problem.typeAt(requested);
        Object version = problem.extensions().get("currentVersion");

        assertThat(type).hasToString("https://shop.example/orders/out-of-credit");
        assertThat(version).isEqualTo(8L);
        assertThat(received.ignored()).isEmpty();
        assertThat(new String(body, StandardCharsets.UTF_8)).startsWith("{\"type\"");
    }
}
