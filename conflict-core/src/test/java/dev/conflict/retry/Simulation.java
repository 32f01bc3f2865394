package dev.conflict.retry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writers who start together, each wanting one update of one row; time is counted, never spent.
 *
 * <p>An attempt reads, thinks for a millisecond and writes on condition that the version is still the one that was read. A
 * message takes half a round trip, give or take a fifth.
 */
final class Simulation {
    private static final long THINK = 1_000_000;
    private static final int SPREAD = 5;

    /** How a store takes a write. */
    enum Store {
        /** Read, then compare and set, as over HTTP: two round trips. */
        COMPARE,
        /**
         * Read, update, commit, as in SQL: three round trips. An update of the version that is there waits for whoever has
         * the row. When its turn comes it has the row, and keeps it until its commit, or, if it is refused, until its rollback
         * arrives, as on PostgreSQL. An update of another version is refused without waiting.
         */
        ROW_LOCK
    }

    /** How long a writer who lost waits. */
    enum Pause {
        /** As the policy says. */
        MEASURED,
        /** From zero to 10 ms, doubled with each loss up to a second, wherever the store is. */
        FIXED,
        /** Not at all. */
        NONE
    }

    /** What all writers together did. */
    record Result(int stored, int version, int gaveUp, int statements, int mostAttempts, long nanos) {}

    private record Event(long at, long number, Runnable what) {}

    /** One writer. */
    private final class Writer {
        final Attempts attempts;
        int read;

        Writer(Contention policy) {
            attempts = policy.begin(() -> now, random);
        }

        void attempt() {
            attempts.start();
            send(() -> {
                read = version;
                in(half() + THINK, () -> send(this::update));
            });
        }

        void update() {
            if (store == Store.ROW_LOCK) {
                updateLocked();
            } else if (read == version) {
                version++;
                in(half(), this::won);
            } else {
                in(half(), this::lost);
            }
        }

        void updateLocked() {
            if (read != version) {
                refuse();
            } else if (holder == null) {
                hold();
            } else {
                waiting.add(this);
            }
        }

        void hold() {
            holder = this;
            if (read == version) {
                in(half(), () -> send(this::commit));
            } else {
                refuse();
            }
        }

        void refuse() {
            in(half(), () -> send(this::rollback));
        }

        void commit() {
            version++;
            release();
            in(half(), this::won);
        }

        void rollback() {
            if (holder == this) {
                release();
            }
            in(half(), this::lost);
        }

        void won() {
            attempts.won();
            stored++;
            end();
        }

        void lost() {
            Optional<Duration> wait = attempts.lost();
            if (wait.isEmpty()) {
                gaveUp++;
                end();
            } else {
                in(pause(wait.get()), this::attempt);
            }
        }

        long pause(Duration wait) {
            return switch (pause) {
                case MEASURED -> wait.toNanos();
                case FIXED -> random.nextLong(Math.min(1000, 10L << Math.min(attempts.count() - 1, 10)) * 1_000_000);
                case NONE -> 0;
            };
        }

        void end() {
            mostAttempts = Math.max(mostAttempts, attempts.count());
            last = Math.max(last, now);
        }
    }

    private final Random random;
    private final Store store;
    private final long roundTrip;
    private final Pause pause;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Queue<Writer> waiting = new ArrayDeque<>();

    private long now;
    private long last;
    private long number;
    private int version;
    private int stored;
    private int gaveUp;
    private int statements;
    private int mostAttempts;
    private @Nullable Writer holder;

    private Simulation(Store store, Duration roundTrip, Pause pause, long seed) {
        this.store = store;
        this.roundTrip = roundTrip.toNanos();
        this.pause = pause;
        this.random = new Random(seed);
    }

    /** Runs until every writer has stored his update or given up. */
    static Result run(Store store, int writers, Duration roundTrip, Contention policy, Pause pause, long seed) {
        Simulation simulation = new Simulation(store, roundTrip, pause, seed);
        for (int i = 0; i < writers; i++) {
            simulation.new Writer(policy).attempt();
        }
        simulation.play();
        return new Result(
                simulation.stored,
                simulation.version,
                simulation.gaveUp,
                simulation.statements,
                simulation.mostAttempts,
                simulation.last);
    }

    private void play() {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at;
            next.what.run();
        }
    }

    private void send(Runnable arrives) {
        statements++;
        in(half(), arrives);
    }

    private void release() {
        holder = null;
        Writer next = waiting.poll();
        if (next != null) {
            next.hold();
        }
    }

    private void in(long nanos, Runnable what) {
        events.add(new Event(now + nanos, number++, what));
    }

    private long half() {
        long half = roundTrip / 2;
        return half - half / SPREAD + random.nextLong(2 * half / SPREAD + 1);
    }
}
