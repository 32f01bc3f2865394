package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Details.Member;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailsTest {
    @ParameterizedTest
    @EnumSource(Member.class)
    void everyMemberTakesAValueAndLosesItWithNull(Member member) {
        Details details = Details.none().with(member, "a");
        assertThat(details.get(member)).contains("a");
        assertThat(details.text(member)).contains("a");
        assertThat(details.with(member, null)).isEqualTo(Details.none());
        assertThat(details.with(member, new Object()).get(member)).isEmpty();
        assertThat(Details.none().get(member)).isEmpty();
    }

    @Test
    void onlyATextIsGivenAsText() {
        Details details = Details.none().with(Member.CURRENT, 1);
        assertThat(details.text(Member.CURRENT)).isEmpty();
        assertThat(details.get(Member.CURRENT)).contains(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "a1", "aZ0zA9", "orderNumber", "order_number", "z_9"})
    void applicationsNameTheirOwnMembers(String name) {
        assertThat(Details.none().with(name, 1).extensions()).isEqualTo(Map.of(name, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1a", "_a", "a-b", "a.b", "a b", "a\"b", "\u00E4", "a\u00E4", "a[", "a{", "a`", "a@", "a/", "a:",
                "[", "`", "@", "{", "9"
            })
    void namesWithOtherCharactersAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Details.none().with(name, 1))
                .withMessageContaining("\"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "title",
                "status",
                "detail",
                "instance",
                "code",
                "suggestion",
                "path",
                "timestamp",
                "links",
                "retryable"
            })
    void namesThatAnAnswerHasAnywayAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Details.none().with(name, 1))
                .withMessageContaining("\"" + name + "\" is a name that an answer has anyway");
    }

    @Test
    void applicationsNullIsKeptAndItsUndeclaredValueIsNot() {
        Details details = Details.none().with("a", null).with("b", new Object());
        assertThat(details.extensions()).containsOnlyKeys("a").containsEntry("a", null);
    }

    @Test
    void undeclaredValueTakesAwayWhatStoodUnderItsName() {
        assertThat(Details.none().with("a", 1).with("a", new Object())).isEqualTo(Details.none());
    }

    @Test
    void extensionsKeepTheirOrder() {
        Details details = Details.none().with("z", 1).with("a", 2).with("m", 3).with("z", 4);
        assertThat(details.extensions()).hasToString("{z=4, a=2, m=3}");
    }

    @Test
    void addedDetailsStandOverThoseBefore() {
        Details before = Details.none()
                .with(Member.CURRENT, 1)
                .with(Member.PATH, "a")
                .with("x", 1)
                .with("y", 1);
        Details added = Details.none()
                .with(Member.CURRENT, 2)
                .with(Member.RULE, "r")
                .with("x", 2)
                .with("z", 2);
        Details both = before.and(added);
        assertThat(both.get(Member.CURRENT)).contains(2);
        assertThat(both.get(Member.PATH)).contains("a");
        assertThat(both.get(Member.RULE)).contains("r");
        assertThat(both.extensions()).hasToString("{x=2, y=1, z=2}");
        assertThat(before.extensions()).hasToString("{x=1, y=1}");
    }

    @Test
    void detailsDoNotChange() {
        Details details = Details.none().with(Member.CURRENT, List.of("a")).with("x", Map.of("a", 1));
        details.with(Member.CURRENT, 2);
        details.with("y", 2);
        assertThat(details.get(Member.CURRENT)).contains(List.of("a"));
        assertThat(details.extensions()).containsOnlyKeys("x");
        assertThatThrownBy(() -> details.extensions().put("y", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) details.get(Member.CURRENT).orElseThrow()).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(Details.none()).isEqualTo(Details.none().with("y", 1).with("y", new Object()));
    }

    @Test
    void equalityIsThatOfAllValues() {
        Details details = Details.none().with(Member.CURRENT, 1).with("x", 1);
        assertThat(details)
                .isEqualTo(Details.none().with("x", 1).with(Member.CURRENT, 1))
                .hasSameHashCodeAs(Details.none().with("x", 1).with(Member.CURRENT, 1))
                .isNotEqualTo(Details.none().with(Member.CURRENT, 1))
                .isNotEqualTo(Details.none().with(Member.CURRENT, 2).with("x", 1))
                .isNotEqualTo(Map.of());
        assertThat(details.hashCode()).isNotEqualTo(Details.none().hashCode());
    }

    @Test
    void textNamesNoValue() {
        assertThat(Details.none().with(Member.CONFLICTING_VALUE, "secret").with("order", "secret"))
                .hasToString("Details[CONFLICTING_VALUE][order]");
    }

    @Test
    void serializationKeepsEveryValue() {
        Details details = Details.none()
                .with(Member.CURRENT, Map.of("a", List.of(1)))
                .with("x", null)
                .with("y", new int[] {1});
        assertThat(Serialized.copyOf(details)).isEqualTo(details);
    }
}
