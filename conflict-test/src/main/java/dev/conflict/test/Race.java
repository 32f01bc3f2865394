package dev.conflict.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs the clients of one race and records what they do. Used once. */
final class Race {

    /** How long an interrupted client may take to end before it is left behind as a daemon thread. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final LostUpdate.Get get;
    private final LostUpdate.Put put;
    private final Rules rules;
    private final CyclicBarrier start;
    private final CyclicBarrier meeting;
    private final CountDownLatch finished;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<RaceEvent.Read> looks = new ArrayList<>();
    private volatile int round;
    private volatile @Nullable Doing looking;
    private volatile boolean stopping;

    Race(LostUpdate.Get get, LostUpdate.Put put, Rules rules) {
        this.get = get;
        this.put = put;
        this.rules = rules;
        // The barrier's action runs while all clients wait: nothing is under way when the observer looks.
        this.start = new CyclicBarrier(rules.clients(), this::look);
        this.meeting = new CyclicBarrier(rules.clients());
        this.finished = new CountDownLatch(rules.clients());
    }

    record Rules(
            int clients,
            int rounds,
            int maxTries,
            Duration deadline,
            LostUpdate.Pace pace,
            Predicate<Answer> success) {}

    RaceHistory run() {
        List<Client> clients =
                IntStream.rangeClosed(1, rules.clients()).mapToObj(Client::new).toList();
        clients.forEach(client -> client.thread.start());
        boolean inTime = false;
        String inFlight = "";
        try {
            inTime = finished.await(TimeUnit.NANOSECONDS.convert(rules.deadline()), TimeUnit.NANOSECONDS);
            inFlight = inFlight(clients);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the race was interrupted in round " + round + " of " + rules.rounds());
        } finally {
            stop(clients);
        }
        if (!inTime) {
            throw hung(inFlight, clients);
        }
        rethrow(failure.get());
        List<RaceEvent> events = clients.stream()
                .flatMap(client -> client.events.stream())
                .sorted(Comparator.comparingLong(event -> event.step().startNanos()))
                .toList();
        return new RaceHistory(rules.clients(), rules.rounds(), rules.maxTries(), List.copyOf(looks), events);
    }

    /** The observer's look at the resource before the first round, between rounds and after the last. */
    private void look() {
        round = looks.size() + 1;
        long started = System.nanoTime();
        looking = new Doing("(the observer) reading before round " + round + ",", started);
        try {
            Reading reading = Objects.requireNonNull(get.get(), "get returned null");
            looks.add(new RaceEvent.Read(new RaceEvent.Step(round, 0, 1, started, System.nanoTime()), reading));
        } catch (Exception e) {
            String when = round > rules.rounds() ? "after the last round" : "before round " + round;
            AssertionError unreadable = new AssertionError("the resource could not be read " + when + ": " + e, e);
            fail(unreadable);
            throw unreadable;
        } finally {
            looking = null;
        }
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        while (finished.getCount() > 0) {
            finished.countDown();
        }
    }

    private static void rethrow(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void stop(List<Client> clients) {
        stopping = true;
        if (finished.getCount() > 0 || failure.get() != null) {
            clients.forEach(client -> client.thread.interrupt());
        }
        long until = System.nanoTime() + GRACE.toNanos();
        boolean interrupted = false;
        for (Client client : clients) {
            long left = until - System.nanoTime();
            while (client.thread.isAlive() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(client.thread, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = until - System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private AssertionError hung(String inFlight, List<Client> clients) {
        String deaf = clients.stream()
                .filter(client -> client.thread.isAlive())
                .map(client -> client.thread.getName())
                .collect(Collectors.joining(", "));
        return new AssertionError("the race did not end within " + rules.deadline() + ": it was in round " + round
                + " of " + rules.rounds() + ", in flight:\n" + (inFlight.isEmpty() ? "  nothing" : inFlight)
                + (deaf.isEmpty() ? "" : "\nthreads that ignored their interrupt: " + deaf));
    }

    private String inFlight(List<Client> clients) {
        long now = System.nanoTime();
        List<String> lines = new ArrayList<>();
        Doing observing = looking;
        if (observing != null) {
            lines.add(observing.describe(0, now));
        }
        for (Client client : clients) {
            Doing doing = client.doing;
            if (doing != null) {
                lines.add(doing.describe(client.number, now));
            }
        }
        return String.join("\n", lines);
    }

    private record Doing(String what, long sinceNanos) {

        String describe(int client, long now) {
            return "  client " + client + " " + what + " since " + TimeUnit.NANOSECONDS.toMillis(now - sinceNanos)
                    + " ms";
        }
    }

    private final class Client implements Runnable {

        private final int number;
        private final Thread thread;
        private final List<RaceEvent> events = new ArrayList<>();
        private volatile @Nullable Doing doing;

        Client(int number) {
            this.number = number;
            this.thread = new Thread(this, "lost-update-client-" + number);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            try {
                for (int r = 1; r <= rules.rounds(); r++) {
                    await(start);
                    compete(r);
                }
                await(start);
            } catch (InterruptedException | BrokenBarrierException ended) {
                // Only the end of the whole race brings us here, and Race.run() tells its reason.
                doing = null;
            } catch (Throwable unexpected) {
                // An Error of the user's functions, or an exception of the success predicate: the test is at fault.
                fail(unexpected);
            } finally {
                finished.countDown();
            }
        }

        private void compete(int r) throws InterruptedException, BrokenBarrierException {
            for (int attempt = 1; attempt <= rules.maxTries(); attempt++) {
                Reading base = read(r, attempt);
                if (attempt == 1 && rules.pace().meetsIn(r)) {
                    await(meeting);
                }
                if (base != null && !(write(r, attempt, base) instanceof RaceEvent.Refused)) {
                    return;
                }
            }
        }

        private @Nullable Reading read(int r, int attempt) {
            long started = System.nanoTime();
            doing = new Doing("reading, round " + r + ", attempt " + attempt + ",", started);
            try {
                Reading reading = Objects.requireNonNull(get.get(), "get returned null");
                events.add(new RaceEvent.Read(step(r, attempt, started), reading));
                return reading;
            } catch (Exception e) {
                events.add(new RaceEvent.ReadFailed(step(r, attempt, started), e.toString()));
                return null;
            } finally {
                doing = null;
            }
        }

        private RaceEvent.Write write(int r, int attempt, Reading base) {
            long started = System.nanoTime();
            doing = new Doing(
                    "writing on count " + base.count() + ", validator " + base.validator() + ", round " + r
                            + ", attempt " + attempt + ",",
                    started);
            RaceEvent.Write write = answered(r, attempt, base, started);
            events.add(write);
            return write;
        }

        private RaceEvent.Write answered(int r, int attempt, Reading base, long started) {
            Answer answer;
            RaceEvent.Step step;
            try {
                answer = Objects.requireNonNull(put.put(base), "put returned null");
                step = step(r, attempt, started);
            } catch (Exception e) {
                return new RaceEvent.Unanswered(step(r, attempt, started), base, e.toString());
            } finally {
                doing = null;
            }
            return rules.success().test(answer)
                    ? new RaceEvent.Won(step, base, answer)
                    : new RaceEvent.Refused(step, base, answer);
        }

        private RaceEvent.Step step(int r, int attempt, long started) {
            return new RaceEvent.Step(r, number, attempt, started, System.nanoTime());
        }

        /** Waits for the others. An interrupt flag that the user's functions left behind must not break the barrier. */
        private void await(CyclicBarrier barrier) throws InterruptedException, BrokenBarrierException {
            boolean interrupted = Thread.interrupted();
            if (stopping) {
                throw new InterruptedException(interrupted ? "stopped" : "stopping");
            }
            barrier.await();
        }
    }
}
