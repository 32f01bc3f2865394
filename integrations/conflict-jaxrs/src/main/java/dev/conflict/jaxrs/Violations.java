package dev.conflict.jaxrs;

import dev.conflict.problem.ProblemException;
import dev.conflict.problem.ValidationErrors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.Locale;

/** Bean Validation, where it is on the class path. */
final class Violations {
    private static final boolean PRESENT = Presence.of("jakarta.validation.ConstraintViolationException");

    private Violations() {}

    static boolean arePresent() {
        return PRESENT;
    }

    /**
     * Tells whether an exception says that the request's content is wrong. A resource that returns what its own constraints
     * forbid is a fault of the server.
     */
    static boolean areOfContent(Throwable thrown) {
        return PRESENT && OfContent.is(thrown);
    }

    /** The class that a mapper is for; where Bean Validation is absent, it is not asked for. */
    static Class<? extends Throwable> type() {
        return OfContent.TYPE;
    }

    /** Returns a problem in place of violations, and everything else as it is. */
    static Throwable translated(Throwable thrown) {
        return areOfContent(thrown) ? OfContent.problem((ConstraintViolationException) thrown) : thrown;
    }

    private static final class OfContent {
        static final Class<? extends Throwable> TYPE = ConstraintViolationException.class;

        static boolean is(Throwable thrown) {
            return thrown instanceof ConstraintViolationException violations
                    && violations.getConstraintViolations() != null
                    && !violations.getConstraintViolations().isEmpty()
                    && violations.getConstraintViolations().stream().noneMatch(OfContent::isReturned);
        }

        private static boolean isReturned(ConstraintViolation<?> violation) {
            for (Path.Node node : violation.getPropertyPath()) {
                if (node.getKind() == ElementKind.RETURN_VALUE) {
                    return true;
                }
            }
            return false;
        }

        static ProblemException problem(ConstraintViolationException thrown) {
            ValidationErrors errors = new ValidationErrors();
            thrown.getConstraintViolations().stream()
                    .sorted(Comparator.comparing((ConstraintViolation<?> violation) -> field(violation))
                            .thenComparing(OfContent::code)) // a set has no order, an answer should
                    .forEach(violation -> errors.add(field(violation), code(violation), violation.getMessage()));
            return errors.toException();
        }

        /** The property below the parameter that holds the content; of any other parameter its name. */
        private static String field(ConstraintViolation<?> violation) {
            StringBuilder field = new StringBuilder();
            String parameter = "";
            for (Path.Node node : violation.getPropertyPath()) {
                if (node.getKind() == ElementKind.PARAMETER) {
                    parameter = node.getName();
                } else if (node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                    append(field, node);
                }
            }
            return field.length() == 0 ? parameter : field.toString();
        }

        private static void append(StringBuilder field, Path.Node node) {
            if (node.isInIterable() && (node.getIndex() != null || node.getKey() != null)) {
                field.append('[')
                        .append(node.getIndex() != null ? node.getIndex() : node.getKey())
                        .append(']');
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                field.append(field.length() == 0 ? "" : ".").append(node.getName());
            }
        }

        /** {@code NotBlank} becomes {@code NOT_BLANK}. */
        private static String code(ConstraintViolation<?> violation) {
            String name = violation
                    .getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            StringBuilder code = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                if (i > 0 && Character.isUpperCase(name.charAt(i)) && !Character.isUpperCase(name.charAt(i - 1))) {
                    code.append('_');
                }
                code.append(name.charAt(i));
            }
            return code.toString().toUpperCase(Locale.ROOT);
        }
    }
}
