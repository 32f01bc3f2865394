package dev.conflict.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.problem.ProblemException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.executable.ExecutableValidator;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What Bean Validation says of a request's content. */
class ViolationsTest {
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    /** A line of an order. */
    record Line(@NotBlank String sku, @Min(1) int quantity) {}

    /** An order. */
    record Order(@NotNull @Valid List<Line> lines, @NotBlank String customer) {}

    /** A resource. */
    @NullUnmarked
    public static class Orders {
        /** Takes an order. */
        @NotBlank public String place(@Valid Order order, @Min(1) int page) {
            return "";
        }
    }

    private static final Method PLACE = place();

    private static Method place() {
        try {
            return Orders.class.getMethod("place", Order.class, int.class);
        } catch (NoSuchMethodException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void errorsNameTheFieldsOfTheContentAndTheParameters() {
        ExecutableValidator executables = VALIDATOR.forExecutables();
        Order order = new Order(List.of(new Line("A", 1), new Line(" ", 0)), "Ann");
        ConstraintViolationException thrown = new ConstraintViolationException(
                executables.validateParameters(new Orders(), PLACE, new Object[] {order, 0}));

        assertThat(Violations.areOfContent(thrown)).isTrue();
        ProblemException problem = (ProblemException) Violations.translated(thrown);

        assertThat(problem.problem().status()).hasValue(422);
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> errors =
                (List<Map<String, Object>>) problem.problem().extensions().get("errors");
        assertThat(errors)
                .extracting(error -> error.get("code") + " " + error.get("pointer"))
                .containsExactly("MIN #/lines/1/quantity", "NOT_BLANK #/lines/1/sku", "MIN #/page");
    }

    @Test
    void whatAResourceReturnsIsNoFaultOfItsCaller() {
        ConstraintViolationException thrown = new ConstraintViolationException(
                VALIDATOR.forExecutables().validateReturnValue(new Orders(), PLACE, ""));

        assertThat(Violations.areOfContent(thrown)).isFalse();
        assertThat(Violations.translated(thrown)).isSameAs(thrown);
    }

    @Test
    void violationsWithoutAListAreNotOurs() {
        assertThat(Violations.areOfContent(new ConstraintViolationException("none", null)))
                .isFalse();
    }
}
