package dev.conflict.test;

/** One exchange of a race: a read or a write, with what came of it. Immutable. */
public sealed interface RaceEvent {

    /**
     * Tells who did it and when.
     *
     * @return the step
     */
    Step step();

    /**
     * Who did something, and when. Client 0 is the observer, who reads before, between and after the rounds, when no
     * client is at work.
     *
     * @param round the round, from 1
     * @param client the client, from 1; 0 for the observer
     * @param attempt the client's attempt in this round, from 1
     * @param startNanos {@link System#nanoTime()} just before the request
     * @param endNanos {@link System#nanoTime()} just after its answer
     */
    record Step(int round, int client, int attempt, long startNanos, long endNanos) {}

    /**
     * A read that brought a state.
     *
     * @param step who and when
     * @param reading what was read
     */
    record Read(Step step, Reading reading) implements RaceEvent {}

    /**
     * A read that ended in an exception, so that no write followed it.
     *
     * @param step who and when
     * @param failure the exception as text
     */
    record ReadFailed(Step step, String failure) implements RaceEvent {}

    /** A write, made from what its client had read. */
    sealed interface Write extends RaceEvent {

        /**
         * Tells what the write was based on.
         *
         * @return what the client had read
         */
        Reading base();
    }

    /**
     * A write that was answered as a success.
     *
     * @param step who and when
     * @param base what the write was based on
     * @param answer the answer
     */
    record Won(Step step, Reading base, Answer answer) implements Write {}

    /**
     * A write that was answered, but not as a success.
     *
     * @param step who and when
     * @param base what the write was based on
     * @param answer the answer
     */
    record Refused(Step step, Reading base, Answer answer) implements Write {}

    /**
     * A write that ended in an exception: it may have been applied or not.
     *
     * @param step who and when
     * @param base what the write was based on
     * @param failure the exception as text
     */
    record Unanswered(Step step, Reading base, String failure) implements Write {}
}
