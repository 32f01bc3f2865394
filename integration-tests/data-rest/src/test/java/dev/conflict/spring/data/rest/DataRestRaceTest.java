package dev.conflict.spring.data.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.test.HttpRace;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.RaceReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight clients and twenty rounds, without the guard and with it; prints the table of docs/spring.md. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class DataRestRaceTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 20;
    private static final Pattern VIEWS = Pattern.compile("\"views\"\\s*:\\s*(\\d+)");
    private static final AtomicLong IDS = new AtomicLong();

    private static final Map<DatabaseEngine, Stand> STANDS = new EnumMap<>(DatabaseEngine.class);

    private final DatabaseEngine engine;
    private final Server plain;
    private final Server guarded;

    DataRestRaceTest(DatabaseEngine engine) {
        this.engine = engine;
        Stand stand = STANDS.computeIfAbsent(engine, Stand::of);
        plain = stand.plain();
        guarded = stand.guarded();
    }

    /** One database with two applications. */
    private record Stand(Database database, Server plain, Server guarded) {
        static Stand of(DatabaseEngine engine) {
            Database database = engine.fresh();
            return new Stand(
                    database,
                    Server.start(database, "conflict.enabled=false"),
                    Server.start(
                            database, "spring.jpa.hibernate.ddl-auto=none", "conflict.preconditions[/*]=optional"));
        }

        void close() {
            guarded.close();
            plain.close();
            database.close();
        }
    }

    @AfterAll
    static void stop() {
        STANDS.values().forEach(Stand::close);
        STANDS.clear();
    }

    @Test
    void putThatStatesItsVersionLosesNothing() {
        RaceReport before = race(plain, "PUT", true).run();
        RaceReport after = race(guarded, "PUT", true).assertNoneLost();

        told("PUT, If-Match", before, after);
        assertThat(after.refusals()).containsOnlyKeys(412);
        assertThat(after.refusalsWithoutValidator()).isZero();
    }

    @Test
    void patchThatStatesItsVersionLosesNothingWhateverItsContentSays() {
        RaceReport before = race(plain, "PATCH", true).run();
        RaceReport after = race(guarded, "PATCH", true).assertNoneLost();

        told("PATCH, If-Match, the version in the content", before, after);
        assertThat(after.refusals()).containsOnlyKeys(412);
    }

    @Test
    void putThatStatesNothingLosesAsBefore() {
        RaceReport before = race(plain, "PUT", false).run();
        RaceReport after = race(guarded, "PUT", false).run();

        told("PUT, nothing stated", before, after);
        assertThat(before.lostUpdates()).isPositive();
    }

    @Test
    void oneCreates() throws Exception {
        Map<Integer, Integer> before = creations(plain, "/pages/");
        Map<Integer, Integer> after = creations(guarded, "/pages/");

        System.out.printf("%s: PUT, If-None-Match: * | %s | %s%n", engine, before, after);
        assertThat(after).containsOnly(Map.entry(201, ROUNDS), Map.entry(412, ROUNDS * (CLIENTS - 1)));
    }

    @Test
    void oneCreatesWhereANewVersionIsZero() throws Exception {
        Map<Integer, Integer> before = creations(plain, "/shelves/");
        Map<Integer, Integer> after = creations(guarded, "/shelves/");

        System.out.printf("%s: PUT, If-None-Match: *, long version | %s | %s%n", engine, before, after);
        assertThat(after).containsOnly(Map.entry(201, ROUNDS), Map.entry(412, ROUNDS * (CLIENTS - 1)));
    }

    @Test
    void oneDeletes() throws Exception {
        Map<Integer, Integer> after = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String path = "/pages/" + IDS.incrementAndGet();
            assertThat(guarded.send("PUT", path, "{\"views\":0}").statusCode()).isEqualTo(201);
            atOnce(
                    after,
                    client -> guarded.send("DELETE", path, "", "If-Match", "\"0\"")
                            .statusCode());
        }

        assertThat(after).containsEntry(204, ROUNDS).containsOnlyKeys(204, 404, 412);
    }

    private LostUpdate race(Server server, String method, boolean stated) {
        String path = "/pages/" + IDS.incrementAndGet();
        assertThat(guarded.send("PUT", path, "{\"views\":0}").statusCode()).isEqualTo(201);
        HttpRace race = LostUpdate.http(Server.CLIENT, server.uri(path))
                .method(method)
                .header("Content-Type", "application/json")
                .count(DataRestRaceTest::views)
                .change(body -> changed(body, method.equals("PATCH")));
        if (!stated) {
            race.precondition("ETag", "X-Nothing");
        }
        return race.race().with(CLIENTS).rounds(ROUNDS);
    }

    private static long views(String body) {
        Matcher views = VIEWS.matcher(body);
        assertThat(views.find()).as(body).isTrue();
        return Long.parseLong(views.group(1));
    }

    /** A client that sends back what it was sent, with its own idea of the version. */
    private static String changed(String body, boolean versioned) {
        long views = views(body);
        return "{\"views\":" + (views + 1) + (versioned ? ",\"version\":" + views : "") + "}";
    }

    private static Map<Integer, Integer> creations(Server server, String collection) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String path = collection + IDS.incrementAndGet();
            atOnce(
                    statuses,
                    client -> server.send(
                                    "PUT",
                                    path,
                                    "{\"text\":\"" + client + "\",\"label\":\"" + client + "\"}",
                                    "If-None-Match",
                                    "*")
                            .statusCode());
        }
        return statuses;
    }

    /** What one client does. */
    @FunctionalInterface
    private interface Client {
        int send(int client);
    }

    private static void atOnce(Map<Integer, Integer> statuses, Client sends)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return sends.send(client);
                }));
            }
            for (Future<Integer> each : answers) {
                statuses.merge(each.get(), 1, Integer::sum);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void told(String write, RaceReport before, RaceReport after) {
        System.out.printf("%s: %s | %s | %s%n", engine, write, told(before), told(after));
    }

    private static String told(RaceReport race) {
        return race.successes() + " written, " + race.lostUpdates() + " lost, " + race.refusals();
    }
}
