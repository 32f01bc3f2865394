package dev.conflict.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Races clients for one resource and tells whether an update was lost.
 *
 * <p>A lost update is a write that was answered as a success and yet is gone, because another client, who had read the
 * same state, wrote over it (RFC 9110 §13.1.1 has If-Match against it). The race needs two functions: how to read the
 * resource, and how to make one countable change and write it.
 *
 * <pre>{@code
 * LostUpdate.race(
 *                 () -> new Reading(page.views(), page.text(), page.etag()),
 *                 base -> Answer.of(page.write(base.count() + 1, base.validator())))
 *         .with(16)
 *         .rounds(50)
 *         .assertNoneLost();
 * }</pre>
 *
 * <p>In each round all clients start at one barrier; each reads, changes what it read, and writes it once (or, with
 * {@link #untilDone}, until it succeeds). An observer reads the count before, between and after the rounds, while
 * nothing is under way. Then the count must have grown by as many as were answered as a success; a write that ended in
 * an exception may have been applied or not, and both are accepted. {@link RaceReport} tells what is checked besides.
 *
 * <p>The verdict assumes that nobody else writes the resource meanwhile, that the count is changed by these writes alone,
 * and that a read that begins after a success was answered sees it. Where an endpoint accepts now and applies later (202),
 * let the put wait until the change is applied. A gateway's 502 or 504 tells nothing about the write behind it: let the
 * put throw, and the outcome counts as unknown. What a race does not do: it shows that updates are lost, and cannot prove
 * that none ever will be.
 *
 * <p>An instance is a builder, not safe for use by several threads; it may be run any number of times. The functions are
 * called by many threads at once.
 */
public final class LostUpdate {

    private final Get get;
    private final Put put;
    private int clients = 8;
    private int rounds = 20;
    private int maxTries = 1;
    private Duration deadline = Duration.ofSeconds(60);
    private Pace pace = Pace.ALTERNATING;
    private Predicate<Answer> success = answer -> answer.status() >= 200 && answer.status() < 300;

    private LostUpdate(Get get, Put put) {
        this.get = Objects.requireNonNull(get, "get");
        this.put = Objects.requireNonNull(put, "put");
    }

    /**
     * Prepares a race of 8 clients and 20 rounds for any resource.
     *
     * @param get reads the resource
     * @param put applies one countable change to what was read, and writes it with the validator that was read
     * @return the race, to be configured and run
     */
    public static LostUpdate race(Get get, Put put) {
        return new LostUpdate(get, put);
    }

    /**
     * Prepares a race over HTTP: GET and PUT with ETag and If-Match.
     *
     * @param client the client that sends all requests
     * @param uri the resource
     * @return the description of the exchange, to be completed
     */
    public static HttpRace http(HttpClient client, URI uri) {
        return new HttpRace(client, uri);
    }

    /**
     * Sets how many clients race; each is a thread of its own.
     *
     * @param clients the number of clients, at least 2
     * @return this
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public LostUpdate with(int clients) {
        require(clients >= 2, "with(" + clients + "): a race needs at least 2 clients");
        this.clients = clients;
        return this;
    }

    /**
     * Sets how often the clients start together.
     *
     * @param rounds the number of rounds, at least 1
     * @return this
     * @throws IllegalArgumentException if there are fewer than 1
     */
    public LostUpdate rounds(int rounds) {
        require(rounds >= 1, "rounds(" + rounds + "): a race needs at least 1 round");
        this.rounds = rounds;
        return this;
    }

    /**
     * Lets a refused client read again and apply its change to what it then reads, until it succeeds. As many tries as
     * there are clients are enough wherever a refusal means that another client succeeded. A client whose write ended in
     * an exception does not try again, because it might then change the resource twice.
     *
     * @param maxTries how often a client writes in one round at most, at least 2
     * @return this
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public LostUpdate untilDone(int maxTries) {
        require(maxTries >= 2, "untilDone(" + maxTries + "): trying again needs at least 2 tries");
        this.maxTries = maxTries;
        return this;
    }

    /**
     * Sets how long the whole race may take: 60 seconds unless told otherwise. A race that takes longer is ended by
     * interrupting its clients, and fails with what was in flight.
     *
     * @param deadline the limit, positive
     * @return this
     * @throws IllegalArgumentException if the limit is zero or negative
     */
    public LostUpdate within(Duration deadline) {
        require(
                !deadline.isZero() && !deadline.isNegative(),
                "within(" + deadline + "): a race needs some time, such as PT60S");
        this.deadline = deadline;
        return this;
    }

    /**
     * Sets whether the clients wait for each other between reading and writing: {@link Pace#ALTERNATING} unless told
     * otherwise.
     *
     * @param pace the pace
     * @return this
     */
    public LostUpdate pace(Pace pace) {
        this.pace = Objects.requireNonNull(pace, "pace");
        return this;
    }

    /**
     * Sets which answers are a success: status 200 to 299 unless told otherwise. Every other answer is a refusal, that
     * is, the resource says that it did not apply the write.
     *
     * @param success tells whether an answer is a success; called by many threads at once
     * @return this
     */
    public LostUpdate success(Predicate<Answer> success) {
        this.success = Objects.requireNonNull(success, "success");
        return this;
    }

    /**
     * Runs the race and reports it, whatever came of it. Blocks until all clients have ended.
     *
     * @return what happened
     * @throws AssertionError if the race did not end in time, or the observer could not read the resource
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted; its interrupt flag stays
     *     set
     */
    public RaceReport run() {
        return RaceReport.of(
                new Race(get, put, new Race.Rules(clients, rounds, maxTries, deadline, pace, success)).run());
    }

    /**
     * Runs the race and fails unless it proves that nothing was lost: see {@link RaceReport#assertNoneLost}.
     *
     * @return what happened
     * @throws AssertionError with the report as its message if an update was lost, a refused write was applied, a refusal
     *     named a state that the resource did not have, no write succeeded, or no two clients ever wrote on one count; also
     *     as {@link #run}
     */
    public RaceReport assertNoneLost() {
        return run().assertNoneLost();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Reads the resource. */
    @FunctionalInterface
    public interface Get {

        /**
         * Reads the resource once.
         *
         * @return what was read
         * @throws Exception if the read failed; the client then writes nothing in this attempt
         */
        Reading get() throws Exception;
    }

    /** Changes the resource by one. */
    @FunctionalInterface
    public interface Put {

        /**
         * Applies one countable change to what was read, and writes it under the validator that was read.
         *
         * @param base what this client has just read
         * @return the answer
         * @throws Exception if there was no answer; whether the write was applied then counts as unknown
         */
        Answer put(Reading base) throws Exception;
    }

    /** Whether the clients of a round wait for each other between their first read and their first write. */
    public enum Pace {
        /** Rounds 1, 3, 5 and so on as {@link #TOGETHER}, the others as {@link #FREE}. */
        ALTERNATING,
        /** Nobody writes before everybody has read: an unguarded resource loses in the first round, by no luck. */
        TOGETHER,
        /** Each client goes on at once; also the pace for a get that takes a lock which the put releases. */
        FREE;

        boolean meetsIn(int round) {
            return this == TOGETHER || (this == ALTERNATING && round % 2 == 1);
        }
    }
}
