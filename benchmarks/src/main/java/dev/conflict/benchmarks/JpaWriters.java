package dev.conflict.benchmarks;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.jpa.ConflictTransactions;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/**
 * Writers of rows of their own, and of one hot row, through Hibernate 7 on PostgreSQL: plain, tried again after a fixed delay, and
 * in {@link ConflictTransactions}. Rounds are interleaved, so that what else the machine does hits all alike; what is printed
 * are medians, with attempts at the 99th percentile and the most that one change took.
 *
 * <p>{@code mvn -q -Dquick -pl benchmarks -am compile exec:exec -Dmain=dev.conflict.benchmarks.JpaWriters -Djmh="16 50 9"}:
 * writers, changes of each, rounds. Five minutes.
 */
public final class JpaWriters {
    /** Held, so that the level stays. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    /** The entity that is written. */
    @Entity(name = "counter")
    public static class Counter {
        @Id
        private long id;

        private long total;

        @Version
        private long version;

        protected Counter() {}

        Counter(long id) {
            this.id = id;
        }

        void add() {
            total++;
        }

        long total() {
            return total;
        }
    }

    private enum Way {
        PLAIN,
        FIXED_5_MS,
        FIXED_50_MS,
        OURS;

        /** Nobody who is refused goes on without trying again. */
        boolean endures(boolean hot) {
            return this != PLAIN || !hot;
        }
    }

    private record Round(double perSecond, long[] attempts) {}

    private final EntityManagerFactory factory;
    private final int writers;
    private final int changes;

    private JpaWriters(EntityManagerFactory factory, int writers, int changes) {
        this.factory = factory;
        this.writers = writers;
        this.changes = changes;
    }

    /**
     * Runs the rounds.
     *
     * @param arguments writers, changes of each, rounds
     * @throws Exception if a writer fails
     */
    public static void main(String[] arguments) throws Exception {
        HIBERNATE.setLevel(Level.OFF); // refusals are what this is about
        int writers = number(arguments, 0, 16);
        int changes = number(arguments, 1, 50);
        int rounds = number(arguments, 2, 9);
        try (Database database = DatabaseEngine.POSTGRESQL.fresh();
                EntityManagerFactory factory = open(database, writers)) {
            JpaWriters benchmark = new JpaWriters(factory, writers, changes);
            for (boolean hot : new boolean[] {false, true}) {
                benchmark.print(hot, benchmark.rounds(hot, rounds));
            }
        }
        System.exit(0); // the embedded server leaves threads
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static EntityManagerFactory open(Database database, int writers) {
        return new HibernatePersistenceConfiguration("writers")
                .managedClass(Counter.class)
                .property("jakarta.persistence.jdbc.url", database.url())
                .property("jakarta.persistence.jdbc.user", database.user())
                .property("jakarta.persistence.jdbc.password", database.password())
                .property("hibernate.connection.pool_size", String.valueOf(writers + 4))
                .property("jakarta.persistence.schema-generation.database.action", "create")
                .createEntityManagerFactory();
    }

    private Map<Way, List<Round>> rounds(boolean hot, int rounds) throws Exception {
        List<Way> ways = new ArrayList<>(
                Arrays.stream(Way.values()).filter(way -> way.endures(hot)).toList());
        Map<Way, List<Round>> measured = new EnumMap<>(Way.class);
        for (int round = -2; round < rounds; round++) {
            Collections.rotate(ways, 1);
            for (Way way : ways) {
                Round each = round(way, hot);
                if (round >= 0) { // the first two warm up
                    measured.computeIfAbsent(way, ignored -> new ArrayList<>()).add(each);
                }
            }
        }
        return measured;
    }

    private Round round(Way way, boolean hot) throws Exception {
        long first = System.nanoTime();
        for (int row = 0; row < (hot ? 1 : writers); row++) {
            Counter counter = new Counter(first + row);
            plain(em -> em.persist(counter));
        }
        CyclicBarrier start = new CyclicBarrier(writers + 1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<long[]>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            long row = hot ? first : first + i;
            Callable<long[]> writer = () -> {
                start.await();
                return write(way, row);
            };
            running.add(threads.submit(writer));
        }
        start.await();
        long begun = System.nanoTime();
        List<long[]> attempts = new ArrayList<>();
        for (Future<long[]> each : running) {
            attempts.add(each.get(10, TimeUnit.MINUTES));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        threads.shutdown();
        verify(first, hot);
        return new Round(
                writers * changes / seconds,
                attempts.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** A change that was lost would be a quick one. */
    private void verify(long first, boolean hot) {
        try (EntityManager em = factory.createEntityManager()) {
            long expected = (long) changes * (hot ? writers : 1);
            long total = em.find(Counter.class, first).total();
            if (total != expected) {
                throw new IllegalStateException("Lost updates: " + total + " instead of " + expected);
            }
        }
    }

    private long[] write(Way way, long row) throws InterruptedException {
        long[] attempts = new long[changes];
        for (int change = 0; change < changes; change++) {
            attempts[change] = switch (way) {
                case PLAIN -> {
                    add(row);
                    yield 1;
                }
                case FIXED_5_MS -> fixed(row, Duration.ofMillis(5));
                case FIXED_50_MS -> fixed(row, Duration.ofMillis(50));
                case OURS -> ours(row);
            };
        }
        return attempts;
    }

    private void add(long row) {
        plain(em -> em.find(Counter.class, row).add());
    }

    private void plain(java.util.function.Consumer<EntityManager> work) {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            try {
                work.accept(em);
                em.getTransaction().commit();
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    private long fixed(long row, Duration delay) throws InterruptedException {
        for (long attempt = 1; ; attempt++) {
            try {
                add(row);
                return attempt;
            } catch (PersistenceException lost) {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            }
        }
    }

    private long ours(long row) {
        long[] attempts = {0};
        ConflictTransactions.of(factory).run(em -> {
            attempts[0]++;
            em.find(Counter.class, row).add();
            return attempts;
        });
        return attempts[0];
    }

    private void print(boolean hot, Map<Way, List<Round>> measured) {
        System.out.printf(
                "%n%d writers, %d changes each, %s%n%-12s %10s %21s %8s %8s%n",
                writers,
                changes,
                hot ? "one hot row" : "a row each",
                "way",
                "changes/s",
                "least to most",
                "p99 try",
                "most");
        measured.forEach((way, rounds) -> {
            double[] speeds =
                    rounds.stream().mapToDouble(Round::perSecond).sorted().toArray();
            long[] attempts = rounds.stream()
                    .flatMapToLong(round -> Arrays.stream(round.attempts()))
                    .sorted()
                    .toArray();
            System.out.printf(
                    "%-12s %10.0f %10.0f %10.0f %8d %8d%n",
                    way.name().toLowerCase(java.util.Locale.ROOT),
                    speeds[speeds.length / 2],
                    speeds[0],
                    speeds[speeds.length - 1],
                    attempts[(int) (attempts.length * 0.99)],
                    attempts[attempts.length - 1]);
        });
    }
}
