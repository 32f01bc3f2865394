package dev.conflict;

import dev.conflict.Details.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The declared transitions between the states of something, and what a caller is told about every other.
 *
 * <pre>{@code
 * static final StateMachine<OrderStatus> ORDER = StateMachine.builder(OrderStatus.class)
 *         .allow("pay", NEW, PAID)
 *         .allow("ship", PAID, SHIPPED)
 *         .allow("cancel", NEW, CANCELLED)
 *         .allow("cancel", PAID, CANCELLED)
 *         .refuse(SHIPPED, CANCELLED, refusal -> refusal.code("ORDER_ALREADY_SHIPPED").suggest("Open a return instead."))
 *         .build();
 *
 * ORDER.require(order.status(), CANCELLED);
 * }</pre>
 *
 * <p>A transition may have prerequisites, named conditions that the caller must fulfil first. A transition that is
 * neither allowed nor refused by name is refused with the code {@code <STATE>_TO_<STATE>_NOT_ALLOWED}. The answer names
 * the present state, the action and the actions that the present state allows.
 *
 * <p>Instances are immutable and safe for use by many threads. A state machine looks, it does not lock: the status must
 * be read and written in one versioned transaction.
 *
 * @param <S> the enum of states
 */
public final class StateMachine<S extends Enum<S>> {
    /** The state allows the action: the texts for a state that does not would mislead. */
    private static final Details PREREQUISITES = Details.none().with(Member.VARIANT, "PREREQUISITES");

    private final Map<S, Map<S, Transition>> transitions;

    private StateMachine(Map<S, Map<S, Transition>> transitions) {
        this.transitions = transitions;
    }

    /**
     * Starts a declaration.
     *
     * @param <S> the enum of states
     * @param states the enum's class
     * @return a builder without any transition
     */
    public static <S extends Enum<S>> Builder<S> builder(Class<S> states) {
        return new Builder<>(states);
    }

    /**
     * Requires a transition without looking at prerequisites that the caller has fulfilled: one that has any is refused.
     *
     * @param current the present state
     * @param wanted the state that the caller wants
     * @throws ConflictException.State if the transition is not allowed
     */
    public void require(S current, S wanted) {
        require(current, wanted, none -> false);
    }

    /**
     * Requires a transition and its prerequisites.
     *
     * @param current the present state
     * @param wanted the state that the caller wants
     * @param fulfilled tells whether the prerequisite of a name is fulfilled
     * @throws ConflictException.State if the transition is not allowed, or a prerequisite is not fulfilled
     */
    public void require(S current, S wanted, Predicate<String> fulfilled) {
        Transition transition = transitions.getOrDefault(current, Map.of()).get(wanted);
        if (transition == null) {
            throw refusal(current, wanted, current.name() + "_TO_" + wanted.name() + "_NOT_ALLOWED");
        }
        if (transition.refusal != null) {
            throw refusal(current, wanted, transition.refusal);
        }
        List<String> missing =
                transition.prerequisites.stream().filter(fulfilled.negate()).toList();
        if (!missing.isEmpty()) {
            throw refusal(current, wanted, missing.get(0))
                    .action(transition.action)
                    .prerequisites(missing)
                    .with(PREREQUISITES);
        }
    }

    /**
     * Tells whether a transition is allowed when its prerequisites are fulfilled.
     *
     * @param current the present state
     * @param wanted the state that somebody may want
     * @return true if {@link #require(Enum, Enum, Predicate)} can return
     */
    public boolean allows(S current, S wanted) {
        Transition transition = transitions.getOrDefault(current, Map.of()).get(wanted);
        return transition != null && transition.refusal == null;
    }

    /**
     * Returns the actions that a state allows, for instance to offer only those.
     *
     * @param current the present state
     * @return the actions' names in the order of their declaration
     */
    public List<String> actions(S current) {
        return transitions.getOrDefault(current, Map.of()).values().stream()
                .filter(transition -> transition.refusal == null)
                .map(transition -> transition.action)
                .distinct()
                .toList();
    }

    /**
     * Returns what a caller is told of each transition that a state refuses by name, for instance to show an action that is
     * disabled with the reason: {@link Member#ATTEMPTED_ACTION} and {@link Member#DETAIL} of the details.
     *
     * @param current the present state
     * @return new exceptions in the order of their declaration; empty if the state refuses nothing by name
     */
    public List<ConflictException.State> refusals(S current) {
        List<ConflictException.State> refusals = new ArrayList<>();
        transitions.getOrDefault(current, Map.of()).forEach((wanted, transition) -> {
            if (transition.refusal != null) {
                refusals.add(refusal(current, wanted, transition.refusal));
            }
        });
        return List.copyOf(refusals);
    }

    private ConflictException.State refusal(S current, S wanted, Refusal told) {
        return told.fill(refusal(current, wanted, Objects.requireNonNull(told.code)));
    }

    private ConflictException.State refusal(S current, S wanted, String code) {
        return ConflictException.state(code)
                .current(current)
                .action(action(wanted))
                .allowed(actions(current));
    }

    /** The name of the action that leads to a state from anywhere, else the state's own name. */
    private String action(S wanted) {
        for (Map<S, Transition> from : transitions.values()) {
            Transition transition = from.get(wanted);
            if (transition != null && transition.refusal == null) {
                return transition.action;
            }
        }
        return wanted.name().toLowerCase(Locale.ROOT);
    }

    private record Transition(
            String action,
            List<String> prerequisites,
            @Nullable Refusal refusal) {
        @Override
        public String toString() {
            return refusal == null ? "allowed by " + action : "refused with " + refusal.code;
        }
    }

    /** What a caller is told who wants a transition that is refused by name. */
    public static final class Refusal {
        private @Nullable String code;
        private @Nullable String detail;
        private @Nullable String suggestion;

        private Refusal() {}

        /**
         * Sets the code that clients act on.
         *
         * @param code the code in upper snake case
         * @return this refusal
         */
        public Refusal code(String code) {
            this.code = code;
            return this;
        }

        /**
         * Sets what happened, for people.
         *
         * @param text the text
         * @return this refusal
         */
        public Refusal detail(String text) {
            this.detail = text;
            return this;
        }

        /**
         * Sets what the caller can do now, for people.
         *
         * @param text the text
         * @return this refusal
         */
        public Refusal suggest(String text) {
            this.suggestion = text;
            return this;
        }

        private ConflictException.State fill(ConflictException.State exception) {
            if (detail != null) {
                exception.detail(detail);
            }
            if (suggestion != null) {
                exception.suggest(suggestion);
            }
            return exception;
        }
    }

    /**
     * Collects transitions. Not safe for use by many threads.
     *
     * @param <S> the enum of states
     */
    public static final class Builder<S extends Enum<S>> {
        private final Class<S> states;
        private final EnumMap<S, Map<S, Transition>> transitions;

        private Builder(Class<S> states) {
            this.states = states;
            this.transitions = new EnumMap<>(states);
        }

        /**
         * Allows a transition.
         *
         * @param action the action's name as callers know it
         * @param from the state before
         * @param to the state after
         * @param prerequisites names of conditions that must be fulfilled first, in the order of their weight
         * @return this builder
         * @throws IllegalArgumentException if the transition is declared already
         */
        public Builder<S> allow(String action, S from, S to, String... prerequisites) {
            return declare(from, to, new Transition(action, List.of(prerequisites), null));
        }

        /**
         * Refuses a transition with its own code and texts.
         *
         * @param from the state before
         * @param to the state that callers may want
         * @param refusal sets at least the code
         * @return this builder
         * @throws IllegalArgumentException if the transition is declared already, or no code is set
         */
        public Builder<S> refuse(S from, S to, Consumer<Refusal> refusal) {
            Refusal told = new Refusal();
            refusal.accept(told);
            if (told.code == null) {
                throw new IllegalArgumentException("The refusal of " + from + " -> " + to + " needs a code");
            }
            return declare(from, to, new Transition(to.name(), List.of(), told));
        }

        private Builder<S> declare(S from, S to, Transition transition) {
            Transition before = transitions
                    .computeIfAbsent(from, any -> new LinkedHashMap<>())
                    .putIfAbsent(to, transition);
            if (before != null) {
                throw new IllegalArgumentException(
                        from + " -> " + to + " cannot be " + transition + ": it is declared already, as " + before);
            }
            return this;
        }

        /**
         * Ends the declaration.
         *
         * @return the state machine
         * @throws IllegalStateException if nothing is allowed
         */
        public StateMachine<S> build() {
            Collection<Transition> all = new ArrayList<>();
            EnumMap<S, Map<S, Transition>> copy = new EnumMap<>(states);
            transitions.forEach((from, to) -> {
                copy.put(from, new LinkedHashMap<>(to));
                all.addAll(to.values());
            });
            if (all.stream().allMatch(transition -> transition.refusal != null)) {
                throw new IllegalStateException("No transition of " + states.getName() + " is allowed");
            }
            return new StateMachine<>(copy);
        }
    }
}
