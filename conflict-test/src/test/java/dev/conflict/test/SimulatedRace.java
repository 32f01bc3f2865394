package dev.conflict.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A race in which everything is known: one thread moves the clients on in random order over a clock that ticks with each
 * move, so the simulation knows when each state was there, and the checker sees only what clients see.
 */
final class SimulatedRace {

    /** What the resource does wrong with a write, now and then. */
    enum Fault {
        NONE,
        /** Answers a success and applies nothing. */
        DROP,
        /** Writes what the client sent, whatever was there. */
        OVERWRITE,
        /** Refuses and applies. */
        PHANTOM
    }

    /** What the resource is like. Rates in per cent of its writes. */
    record Manner(Fault fault, boolean merging, int unknownRate, int spuriousRefusalRate) {

        static final Manner HONEST = new Manner(Fault.NONE, false, 0, 10);
    }

    private static final int FAULT_RATE = 20;

    private final Random random;
    private final Manner manner;
    private final int clients;
    private final int rounds;
    private final int maxTries;
    private final List<RaceEvent.Read> looks = new ArrayList<>();
    private final List<RaceEvent> events = new ArrayList<>();
    private final NavigableMap<Long, Long> birthOfCount = new TreeMap<>();
    private long clock;
    private long count;
    private int planted;

    SimulatedRace(long seed, Manner manner) {
        this.random = new Random(seed);
        this.manner = manner;
        this.clients = 2 + random.nextInt(5);
        this.rounds = 1 + random.nextInt(4);
        this.maxTries = 1 + random.nextInt(3);
        this.count = random.nextInt(100);
    }

    RaceHistory run() {
        birthOfCount.put(count, clock);
        for (int round = 1; round <= rounds; round++) {
            look(round);
            List<Client> running = new ArrayList<>();
            for (int number = 1; number <= clients; number++) {
                running.add(new Client(round, number));
            }
            while (!running.isEmpty()) {
                Client next = running.get(random.nextInt(running.size()));
                if (next.moveOn()) {
                    running.remove(next);
                }
            }
        }
        look(rounds + 1);
        return history(events);
    }

    /** Makes the same history with other events. */
    RaceHistory history(List<RaceEvent> others) {
        List<RaceEvent> sorted = others.stream()
                .sorted(Comparator.comparingLong(event -> event.step().startNanos()))
                .toList();
        return new RaceHistory(clients, rounds, maxTries, looks, sorted);
    }

    int planted() {
        return planted;
    }

    /** Tells the counts that the resource had. */
    List<Long> counts() {
        return List.copyOf(birthOfCount.keySet());
    }

    /** Tells whether the resource had that count at some moment of the step. */
    boolean bore(long someCount, RaceEvent.Step step) {
        Long birth = birthOfCount.get(someCount);
        if (birth == null || birth > step.endNanos()) {
            return false;
        }
        var next = birthOfCount.higherEntry(someCount);
        return next == null || next.getValue() > step.startNanos();
    }

    static String validator(long count) {
        return "\"v" + count + "\"";
    }

    private void look(int round) {
        long start = ++clock;
        looks.add(new RaceEvent.Read(new RaceEvent.Step(round, 0, 1, start, ++clock), reading()));
    }

    private Reading reading() {
        return new Reading(count, "", validator(count));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void become(long next) {
        count = next;
        birthOfCount.putIfAbsent(count, clock);
    }

    private enum Outcome {
        WON,
        REFUSED,
        UNANSWERED
    }

    private final class Client {

        private final int round;
        private final int number;
        private int attempt = 1;
        private int stage;
        private long start;
        private @Nullable Reading base;
        private String told = "";
        private Outcome outcome = Outcome.REFUSED;

        Client(int round, int number) {
            this.round = round;
            this.number = number;
        }

        /** Takes one step of: ask, be read for, have read; write, be judged, be answered. Tells whether it was the last. */
        boolean moveOn() {
            clock++;
            switch (stage++) {
                case 0, 3 -> {
                    start = clock;
                    told = validator(count);
                }
                case 1 -> base = reading();
                case 2 -> events.add(new RaceEvent.Read(step(), read()));
                case 4 -> {
                    judge(read().count());
                    told = chance(50) ? told : validator(count);
                }
                default -> {
                    return answered(read());
                }
            }
            return false;
        }

        private void judge(long expected) {
            boolean matches = manner.merging() || expected == count;
            boolean faulty = manner.fault() != Fault.NONE && chance(FAULT_RATE);
            if (faulty && manner.fault() == Fault.OVERWRITE && expected != count) {
                planted++;
                outcome = Outcome.WON;
                become(expected + 1);
            } else if (faulty && manner.fault() == Fault.DROP) {
                planted++;
                outcome = Outcome.WON;
            } else if (faulty && manner.fault() == Fault.PHANTOM) {
                planted++;
                outcome = Outcome.REFUSED;
                become(count + 1);
            } else if (!matches || chance(manner.spuriousRefusalRate())) {
                outcome = chance(manner.unknownRate()) ? Outcome.UNANSWERED : Outcome.REFUSED;
            } else {
                outcome = chance(manner.unknownRate()) ? Outcome.UNANSWERED : Outcome.WON;
                become(count + 1);
            }
        }

        private boolean answered(Reading read) {
            switch (outcome) {
                case WON -> events.add(new RaceEvent.Won(step(), read, Answer.of(200)));
                case UNANSWERED -> events.add(new RaceEvent.Unanswered(step(), read, "cut off"));
                case REFUSED -> {
                    String named = chance(30) ? validator(count) : told;
                    events.add(new RaceEvent.Refused(step(), read, new Answer(412, named, "")));
                    stage = 0;
                    return ++attempt > maxTries;
                }
            }
            return true;
        }

        private Reading read() {
            Reading read = base;
            if (read == null) {
                throw new IllegalStateException("nothing was read");
            }
            return read;
        }

        private RaceEvent.Step step() {
            return new RaceEvent.Step(round, number, attempt, start, clock);
        }
    }
}
