package dev.conflict.test;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened in a race, and what follows from it. Immutable; {@link #toString()} is meant to be read.
 *
 * <p>What it finds: lost updates, refused writes that were applied all the same, and refusals which name a validator that
 * the resource cannot have had between the request and its answer. Each is found only where the history proves it. Lost
 * and applied writes are counted round by round, as lower bounds: within one round a write that was refused and applied can
 * hide a lost one.
 */
public final class RaceReport {

    private final RaceHistory history;
    private final Ledger ledger;
    private final ValidatorCheck validators;
    private final List<RaceEvent.Won> winners;
    private final SortedMap<Integer, Integer> refusals;

    private RaceReport(RaceHistory history) {
        this.history = history;
        this.ledger = Ledger.of(history);
        this.validators = ValidatorCheck.of(history, ledger);
        this.winners = history.all(RaceEvent.Won.class).toList();
        TreeMap<Integer, Integer> byStatus = new TreeMap<>();
        history.all(RaceEvent.Refused.class)
                .forEach(refusal -> byStatus.merge(refusal.answer().status(), 1, Integer::sum));
        this.refusals = Collections.unmodifiableSortedMap(byStatus);
    }

    static RaceReport of(RaceHistory history) {
        return new RaceReport(history);
    }

    /**
     * Fails unless clients contended and nothing was lost. Writes whose outcome is unknown can hide a loss among them: where
     * {@link #unknownOutcomes} is not zero, the race says less.
     *
     * @return this
     * @throws AssertionError with this report as its message if an update was lost, a refused write was applied, a refusal
     *     named a state that the resource did not have, no write succeeded, or no two clients ever wrote on one count
     */
    public RaceReport assertNoneLost() {
        if (!RaceText.failures(this).isEmpty()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * Counts the successful answers.
     *
     * @return how many writes were answered as a success
     */
    public int successes() {
        return winners.size();
    }

    /**
     * Lists the writes that were answered as a success.
     *
     * @return the writes, in the order in which they began
     */
    public List<RaceEvent.Won> winners() {
        return winners;
    }

    /**
     * Counts the refusals by status.
     *
     * @return the number of refusals by status code, unmodifiable
     */
    public SortedMap<Integer, Integer> refusals() {
        return refusals;
    }

    /**
     * Counts the refusals that named no current validator.
     *
     * @return their number
     */
    public int refusalsWithoutValidator() {
        return refusals.values().stream().mapToInt(Integer::intValue).sum() - validators.stated();
    }

    /**
     * Counts the writes that ended in an exception, and so may have been applied or not.
     *
     * @return their number
     */
    public int unknownOutcomes() {
        return (int) history.all(RaceEvent.Unanswered.class).count();
    }

    /**
     * Counts the reads that ended in an exception.
     *
     * @return their number
     */
    public int failedReads() {
        return (int) history.all(RaceEvent.ReadFailed.class).count();
    }

    /**
     * Counts the clients that did not succeed in a round, where {@link LostUpdate#untilDone} lets them try again.
     *
     * @return their number, summed over the rounds; 0 where each client writes once
     */
    public int gaveUp() {
        return history.maxTries() == 1 ? 0 : history.clients() * history.rounds() - successes();
    }

    /**
     * Returns the count before the first round.
     *
     * @return the count
     */
    public long initialCount() {
        return history.initialCount();
    }

    /**
     * Returns the count after the last round.
     *
     * @return the count
     */
    public long finalCount() {
        return history.finalCount();
    }

    /**
     * Returns by how much the count grew.
     *
     * @return the final count minus the initial count
     */
    public long increments() {
        return finalCount() - initialCount();
    }

    /**
     * Counts the successes that had not arrived by the end of their round.
     *
     * @return how many updates were lost, at least
     */
    public long lostUpdates() {
        return ledger.lost();
    }

    /**
     * Counts the increments that no success and no unknown outcome explains: writes that were refused and applied.
     *
     * @return how many there were, at least
     */
    public long phantomWrites() {
        return ledger.phantoms();
    }

    /**
     * Counts the rounds in which at least two clients wrote on the same count.
     *
     * @return their number; where it is 0 the race proves little
     */
    public int contestedRounds() {
        return ledger.contestedRounds();
    }

    /**
     * Lists how updates were lost: the successes of a round that were based on the same count, so that one must have gone
     * over the other; or, where no two were, all successes of a round that did not all arrive.
     *
     * @return the interleavings, by round and count
     */
    public List<Interleaving> interleavings() {
        return ledger.interleavings();
    }

    /**
     * Lists the refusals whose validator the resource cannot have had between the request and its answer.
     *
     * @return the refusals, in the order in which they began
     */
    public List<UntrueValidator> untrueValidators() {
        return validators.untrue();
    }

    /**
     * Counts the validators in refusals that the history can neither clear nor accuse: all of them where updates were lost
     * or the count fell, and those that nobody read where some states were not read.
     *
     * @return their number
     */
    public int unjudgedValidators() {
        return validators.unjudged();
    }

    /**
     * Lists where validators and counts were not one to one. A validator of several counts is a hazard: a precondition
     * cannot tell these states apart. A count of several validators refuses writes for no change.
     *
     * @return what was found; not by itself a failure
     */
    public List<ValidatorReuse> validatorReuse() {
        return validators.reuse();
    }

    /**
     * Lists everything that the clients did.
     *
     * @return the events, in the order in which they began
     */
    public List<RaceEvent> history() {
        return history.events();
    }

    RaceHistory recorded() {
        return history;
    }

    boolean countFell() {
        return validators.countFell();
    }

    /**
     * Tells the whole report, the worst first.
     *
     * @return several lines of text
     */
    @Override
    public String toString() {
        return RaceText.of(this);
    }

    /**
     * How updates were lost in one round.
     *
     * @param round the round
     * @param missing how many updates the round lost, all its interleavings together
     * @param writes the successful writes concerned, in the order in which they were answered
     * @param events these writes and their reads, in the order in which they began, between the observer's two reads
     */
    public record Interleaving(int round, long missing, List<RaceEvent.Won> writes, List<RaceEvent> events) {

        /**
         * Copies the lists.
         *
         * @param round the round
         * @param missing how many updates the round lost
         * @param writes the successful writes concerned
         * @param events these writes, their reads and the observer's
         */
        public Interleaving {
            writes = List.copyOf(writes);
            events = List.copyOf(events);
        }

        /**
         * Tells it as a transcript, with microseconds since the start of the round.
         *
         * @return several lines of text
         */
        @Override
        public String toString() {
            return RaceText.of(this);
        }
    }

    /**
     * A refusal that named a state which the resource did not have.
     *
     * @param refusal the refusal
     * @param validator the validator that it named
     * @param untruth what is wrong with it
     */
    public record UntrueValidator(RaceEvent.Refused refusal, String validator, Untruth untruth) {

        /**
         * Tells it in one line.
         *
         * @return one line of text
         */
        @Override
        public String toString() {
            return RaceText.of(this);
        }
    }

    /** Why a validator is untrue. */
    public enum Untruth {
        /** The state that it names was over before the request was sent. */
        NO_LONGER_BORNE,
        /** The state that it names began after the answer had come. */
        NOT_YET_BORNE,
        /** No state had it, though every state was read. */
        NEVER_BORNE
    }

    /**
     * Counts and validators that were not one to one: either several counts and one validator, or one count and several
     * validators.
     *
     * @param counts the counts, ascending
     * @param validators the validators, in the order of their text
     */
    public record ValidatorReuse(List<Long> counts, List<String> validators) {

        /**
         * Copies the lists.
         *
         * @param counts the counts
         * @param validators the validators
         */
        public ValidatorReuse {
            counts = List.copyOf(counts);
            validators = List.copyOf(validators);
        }

        /**
         * Tells it in one line.
         *
         * @return one line of text
         */
        @Override
        public String toString() {
            return counts.size() > 1
                    ? "validator " + validators.get(0) + " stood for the counts " + counts
                    : "count " + counts.get(0) + " had the validators " + String.join(", ", validators);
        }
    }
}
