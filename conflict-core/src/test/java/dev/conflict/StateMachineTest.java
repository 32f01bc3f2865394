package dev.conflict;

import static dev.conflict.StateMachineTest.Order.CANCELLED;
import static dev.conflict.StateMachineTest.Order.NEW;
import static dev.conflict.StateMachineTest.Order.PAID;
import static dev.conflict.StateMachineTest.Order.SHIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.Details.Member;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineTest {
    enum Order {
        NEW,
        PAID,
        SHIPPED,
        CANCELLED
    }

    private final StateMachine<Order> orders = StateMachine.builder(Order.class)
            .allow("ship", PAID, SHIPPED, "ADDRESS_CHECKED", "STOCK_RESERVED")
            .allow("drop", NEW, CANCELLED)
            .allow("pay", NEW, PAID)
            .allow("cancel", PAID, CANCELLED)
            .refuse(
                    SHIPPED,
                    CANCELLED,
                    refusal -> refusal.code("ORDER_ALREADY_SHIPPED")
                            .detail("It left the house.")
                            .suggest("Open a return instead."))
            .refuse(CANCELLED, CANCELLED, refusal -> refusal.code("ORDER_ALREADY_CANCELLED"))
            .build();

    @ParameterizedTest
    @CsvSource({"NEW, PAID", "NEW, CANCELLED", "PAID, CANCELLED"})
    void allowedTransitionsPass(Order current, Order wanted) {
        assertThatNoException().isThrownBy(() -> orders.require(current, wanted));
        assertThat(orders.allows(current, wanted)).isTrue();
    }

    @Test
    void refusalByNameHasItsOwnCodeAndTexts() {
        ConflictException.State refused = refused(SHIPPED, CANCELLED);
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("ORDER_ALREADY_SHIPPED", "SHIPPED", "drop"));
        assertThat(refused.details())
                .isEqualTo(Details.none()
                        .with(Member.DETAIL, "It left the house.")
                        .with(Member.SUGGESTION, "Open a return instead.")
                        .with(Member.CURRENT_STATUS, "SHIPPED")
                        .with(Member.ATTEMPTED_ACTION, "drop")
                        .with(Member.ALLOWED_ACTIONS, List.of()));
        assertThat(orders.allows(SHIPPED, CANCELLED)).isFalse();
    }

    @Test
    void refusalByNameNeedsNoTexts() {
        ConflictException.State refused = refused(CANCELLED, CANCELLED);
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("ORDER_ALREADY_CANCELLED", "CANCELLED", "drop"));
        assertThat(refused.details().get(Member.DETAIL)).isEmpty();
        assertThat(refused.details().get(Member.SUGGESTION)).isEmpty();
    }

    @Test
    void undeclaredTransitionIsRefusedByTheStatesNames() {
        ConflictException.State refused = refused(NEW, SHIPPED);
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("NEW_TO_SHIPPED_NOT_ALLOWED", "NEW", "ship"));
        assertThat(refused.details().get(Member.ALLOWED_ACTIONS)).contains(List.of("drop", "pay"));
        assertThat(orders.allows(NEW, SHIPPED)).isFalse();
        assertThat(orders.allows(SHIPPED, NEW)).isFalse();
    }

    @Test
    void stateThatNoActionLeadsToIsNamedItself() {
        assertThat(refused(PAID, NEW).conflict())
                .isEqualTo(new Conflict.State("PAID_TO_NEW_NOT_ALLOWED", "PAID", "new"));
    }

    @Test
    void missingPrerequisitesAreNamedTheWeightiestAsTheCode() {
        ConflictException.State refused = catchThrowableOfType(
                ConflictException.State.class,
                () -> orders.require(PAID, SHIPPED, Set.of("ADDRESS_CHECKED")::contains));
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("STOCK_RESERVED", "PAID", "ship"));
        assertThat(refused.details())
                .isEqualTo(Details.none()
                        .with(Member.CURRENT_STATUS, "PAID")
                        .with(Member.ATTEMPTED_ACTION, "ship")
                        .with(Member.ALLOWED_ACTIONS, List.of("ship", "cancel"))
                        .with(Member.PREREQUISITES, List.of("STOCK_RESERVED"))
                        .with(Member.VARIANT, "PREREQUISITES"));
        assertThat(orders.allows(PAID, SHIPPED)).isTrue();
    }

    @Test
    void prerequisitesThatNobodyLookedAtAreMissing() {
        ConflictException.State refused = refused(PAID, SHIPPED);
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("ADDRESS_CHECKED", "PAID", "ship"));
        assertThat(refused.details().get(Member.PREREQUISITES)).contains(List.of("ADDRESS_CHECKED", "STOCK_RESERVED"));
    }

    @Test
    void fulfilledPrerequisitesPass() {
        assertThatNoException().isThrownBy(() -> orders.require(PAID, SHIPPED, any -> true));
    }

    @Test
    void prerequisitesAreMissedByTheTransitionsOwnAction() {
        StateMachine<Order> twoWays = StateMachine.builder(Order.class)
                .allow("drop", NEW, CANCELLED)
                .allow("cancel", PAID, CANCELLED, "REFUNDED")
                .build();
        ConflictException.State refused =
                catchThrowableOfType(ConflictException.State.class, () -> twoWays.require(PAID, CANCELLED));
        assertThat(refused.conflict()).isEqualTo(new Conflict.State("REFUNDED", "PAID", "cancel"));
    }

    @Test
    void refusalsByNameCanBeAskedForBeforeAnybodyIsRefused() {
        assertThat(orders.refusals(SHIPPED)).hasSize(1);
        ConflictException.State shown = orders.refusals(SHIPPED).get(0);
        assertThat(shown.conflict()).isEqualTo(refused(SHIPPED, CANCELLED).conflict());
        assertThat(shown.details()).isEqualTo(refused(SHIPPED, CANCELLED).details());
        assertThat(orders.refusals(NEW)).isEmpty();
        assertThat(orders.refusals(PAID)).isEmpty();
    }

    @Test
    void actionsStandInTheOrderOfTheirDeclarationOnceEach() {
        StateMachine<Order> machine = StateMachine.builder(Order.class)
                .allow("close", NEW, CANCELLED)
                .allow("advance", NEW, SHIPPED)
                .allow("close", NEW, PAID)
                .refuse(
                        NEW,
                        NEW,
                        refusal -> refusal.suggest("Wait.").detail("It is.").code("IS_NEW"))
                .build();
        assertThat(machine.actions(NEW)).containsExactly("close", "advance");
        assertThat(machine.actions(PAID)).isEmpty();
        assertThat(orders.actions(PAID)).containsExactly("ship", "cancel");
    }

    @Test
    void contradictionsAreRefusedNamingBoth() {
        StateMachine.Builder<Order> builder = StateMachine.builder(Order.class)
                .allow("cancel", NEW, CANCELLED)
                .refuse(SHIPPED, CANCELLED, refusal -> refusal.code("SHIPPED"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.allow("drop", NEW, CANCELLED))
                .withMessageContaining("NEW -> CANCELLED")
                .withMessageContaining("allowed by drop")
                .withMessageContaining("allowed by cancel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.allow("cancel", SHIPPED, CANCELLED))
                .withMessageContaining("allowed by cancel")
                .withMessageContaining("refused with SHIPPED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.refuse(NEW, CANCELLED, refusal -> refusal.code("NEVER")))
                .withMessageContaining("refused with NEVER");
    }

    @Test
    void refusalWithoutACodeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> StateMachine.builder(Order.class).refuse(NEW, PAID, refusal -> refusal.suggest("Wait.")))
                .withMessageContaining("NEW -> PAID");
    }

    @Test
    void machineThatAllowsNothingIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StateMachine.builder(Order.class)
                        .refuse(NEW, PAID, refusal -> refusal.code("NO"))
                        .build())
                .withMessageContaining(Order.class.getName());
        assertThatIllegalStateException()
                .isThrownBy(() -> StateMachine.builder(Order.class).build());
    }

    @Test
    void machineDoesNotChangeWithItsBuilder() {
        StateMachine.Builder<Order> builder = StateMachine.builder(Order.class).allow("pay", NEW, PAID);
        StateMachine<Order> machine = builder.build();
        builder.allow("cancel", NEW, CANCELLED).allow("ship", PAID, SHIPPED);
        assertThat(machine.actions(NEW)).containsExactly("pay");
        assertThat(machine.allows(PAID, SHIPPED)).isFalse();
    }

    private ConflictException.State refused(Order current, Order wanted) {
        return catchThrowableOfType(ConflictException.State.class, () -> orders.require(current, wanted));
    }
}
