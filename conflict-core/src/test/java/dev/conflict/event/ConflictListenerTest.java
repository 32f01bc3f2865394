package dev.conflict.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictListenerTest {
    private static final ConflictEvent EVENT = new ConflictEvent.GuardedWrite("PUT");

    private final List<String> heard = new ArrayList<>();

    @Test
    void everyListenerHearsInOrder() {
        ConflictListener.all(List.of(event -> heard.add("a" + event), event -> heard.add("b" + event)))
                .on(EVENT);
        assertThat(heard).containsExactly("a" + EVENT, "b" + EVENT);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new IllegalStateException()),
                arguments(new NoClassDefFoundError()),
                arguments(new AssertionError()),
                arguments(new Exception("checked, from another language")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void listenerThatThrowsKeepsNobodyFromHearing(Throwable failure) {
        failure.setStackTrace(new StackTraceElement[0]); // it is logged
        ConflictListener.all(List.of(event -> raise(failure), event -> heard.add("b")))
                .on(EVENT);
        assertThat(heard).containsExactly("b");
    }

    @Test
    void errorsOfTheVirtualMachineGoOn() {
        ConflictListener all = ConflictListener.all(List.of(event -> raise(new OutOfMemoryError("planted"))));
        assertThatThrownBy(() -> all.on(EVENT)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void laterChangesOfTheGivenListDoNotCount() {
        List<ConflictListener> given = new ArrayList<>(List.of(event -> heard.add("a")));
        ConflictListener all = ConflictListener.all(given);
        given.clear();
        all.on(EVENT);
        assertThat(heard).containsExactly("a");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
