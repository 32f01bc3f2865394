package dev.conflict.spring;

import dev.conflict.problem.ValidationErrors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.util.ClassUtils;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterValidationResult;

/** Reads violations of jakarta.validation; to be touched only where that is {@linkplain #ARE_KNOWN on the class path}. */
final class Violations {
    /** Thrown where an entity is found not to be valid while its transaction is committed. */
    private static final String AT_COMMIT = "org.springframework.transaction.TransactionSystemException";

    static final boolean ARE_KNOWN =
            ClassUtils.isPresent("jakarta.validation.ConstraintViolationException", Violations.class.getClassLoader());

    private Violations() {}

    /** What is wrong with the request; null if the exception does not say, or if it is a return value that is wrong. */
    static @Nullable ValidationErrors read(Throwable thrown) {
        ConstraintViolationException refused = refused(thrown);
        if (refused == null || refused.getConstraintViolations() == null) {
            return null;
        }
        ValidationErrors errors = new ValidationErrors();
        for (ConstraintViolation<?> each : refused.getConstraintViolations()) {
            String field = field(each.getPropertyPath());
            if (field == null) {
                return null;
            }
            errors.add(field, code(each), detail(each));
        }
        return errors;
    }

    private static @Nullable ConstraintViolationException refused(Throwable thrown) {
        Throwable link = thrown;
        boolean atCommit = thrown.getClass().getName().equals(AT_COMMIT);
        for (int depth = 0; atCommit && depth < 2 && !(link instanceof ConstraintViolationException); depth++) {
            link = link == null ? null : link.getCause();
        }
        return link instanceof ConstraintViolationException found ? found : null;
    }

    /** The field as the client knows it, without the method and its parameter; null if it is a return value. */
    private static @Nullable String field(Path path) {
        StringBuilder field = new StringBuilder();
        String parameter = "";
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case RETURN_VALUE -> {
                    return null;
                }
                case PARAMETER -> parameter = node.getName();
                case PROPERTY, CONTAINER_ELEMENT, BEAN -> append(field, node);
                default -> {}
            }
        }
        return field.isEmpty() ? parameter : field.toString();
    }

    private static void append(StringBuilder field, Path.Node node) {
        if (node.isInIterable()) {
            Object at = node.getIndex() != null ? node.getIndex() : node.getKey();
            field.append('[').append(at == null ? "" : at).append(']');
        }
        if (node.getKind() == ElementKind.PROPERTY) {
            field.append(field.isEmpty() ? "" : ".").append(node.getName());
        }
    }

    private static String code(ConstraintViolation<?> violation) {
        return ErrorText.code(violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName());
    }

    private static String detail(ConstraintViolation<?> violation) {
        return ErrorText.detail(violation.getMessage(), violation.getMessageTemplate(), violation.getInvalidValue());
    }

    /** The template of an error's text, null if the error is none of jakarta.validation. */
    static @Nullable String template(ObjectError error) {
        return error.contains(ConstraintViolation.class)
                ? error.unwrap(ConstraintViolation.class).getMessageTemplate()
                : null;
    }

    /** The template of the text of a parameter's error, null if it is none of jakarta.validation. */
    static @Nullable String template(ParameterValidationResult result, MessageSourceResolvable error) {
        try {
            return result.unwrap(error, ConstraintViolation.class).getMessageTemplate();
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
