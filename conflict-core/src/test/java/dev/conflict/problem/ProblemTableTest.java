package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict;
import dev.conflict.Disclosure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTableTest {
    @ParameterizedTest
    @CsvSource({
        "email, EMAIL",
        "userName, USER_NAME",
        "user-name, USER_NAME",
        "user_name, USER_NAME",
        "SKU, SKU",
        "ISBN13, ISBN13",
        "address.street, ADDRESS_STREET",
        "aB, A_B",
        "AB, AB",
        "URLPath, URLPATH",
        "line2Text, LINE2_TEXT",
        "User-Name, USER_NAME",
        "größe, GR__E",
        "ıd, _D",
        "i, I"
    })
    void namesBecomeUpperSnake(String name, String code) {
        assertThat(StandardTable.upperSnake(name)).isEqualTo(code);
    }

    @Test
    void applicationsCodesStandInPlaceOfMadeOnes() {
        assertThat(code(new Conflict.Uniqueness("X", "email", Disclosure.PUBLIC)))
                .isEqualTo("X");
        assertThat(code(new Conflict.Uniqueness(null, "userName", Disclosure.PUBLIC)))
                .isEqualTo("USER_NAME_TAKEN");
        assertThat(code(new Conflict.Existence("X", "SKU"))).isEqualTo("X");
        assertThat(code(new Conflict.Existence(null, "SKU"))).isEqualTo("SKU_EXISTS");
        assertThat(code(new Conflict.Dependency("X"))).isEqualTo("X");
        assertThat(code(new Conflict.Integrity("X", "a", "b"))).isEqualTo("X");
    }

    private static String code(Conflict conflict) {
        return String.valueOf(ProblemTable.standard().row(conflict).code());
    }

    private static final Conflict C409 = new Conflict.State("A", null, null);
    private static final Conflict C412 = new Conflict.PreconditionFailed(null, "If-Match");
    private static final Conflict C422 = new Conflict.Integrity(null, null, null);
    private static final Conflict C423 = new Conflict.Locked();

    static Stream<Arguments> several() {
        return Stream.of(
                arguments(List.of(C409, C412), 412),
                arguments(List.of(C412, C409), 412),
                arguments(List.of(C412, C422), 412),
                arguments(List.of(C422, C412), 412),
                arguments(List.of(C422, C409), 409),
                arguments(List.of(C409, C422), 409),
                arguments(List.of(C422, C423), 422),
                arguments(List.of(C423, C422), 423),
                arguments(List.of(C423, C422, C409), 409),
                arguments(List.of(C423, new Conflict.Several(List.of(C422, C409))), 409));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("several")
    void gravestOfSeveralDecides(List<Conflict> parts, int status) {
        assertThat(ProblemTable.standard().row(new Conflict.Several(parts)).type())
                .isEqualTo(new ProblemType("several-conflicts", status));
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600, 200})
    void typeHasTheStatusOfAnError(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProblemType("x", status))
                .withMessageContaining("" + status);
    }

    @Test
    void typeIsItsNameAfterABase() {
        assertThat(new ProblemType("x", 400).uri("https://h/p/")).isEqualTo("https://h/p/x");
        assertThat(new ProblemType("x", 599).isAboutBlank()).isFalse();
        assertThat(ProblemType.aboutBlank(404).uri("https://h/p/")).isEqualTo("about:blank");
        assertThat(ProblemType.aboutBlank(404).isAboutBlank()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void namelessTypesAreRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ProblemType(null, 400))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> new ProblemTable.Row(null, "A"))
                .withMessage("type");
    }
}
