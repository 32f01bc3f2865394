package dev.conflict.test;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one race recorded.
 *
 * @param looks what the observer read: before each round, and after the last; one more than there are rounds
 * @param events what the clients did, in the order in which it began
 */
record RaceHistory(int clients, int rounds, int maxTries, List<RaceEvent.Read> looks, List<RaceEvent> events) {

    RaceHistory {
        looks = List.copyOf(looks);
        events = List.copyOf(events);
    }

    <T extends RaceEvent> Stream<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    <T extends RaceEvent> Stream<T> of(Class<T> type, int round) {
        return all(type).filter(event -> event.step().round() == round);
    }

    /** Everything that was read, by clients and observer, in no order. */
    Stream<RaceEvent.Read> reads() {
        return Stream.concat(looks.stream(), all(RaceEvent.Read.class));
    }

    RaceEvent.Read before(int round) {
        return looks.get(round - 1);
    }

    RaceEvent.Read after(int round) {
        return looks.get(round);
    }

    long initialCount() {
        return before(1).reading().count();
    }

    long finalCount() {
        return after(rounds).reading().count();
    }
}
