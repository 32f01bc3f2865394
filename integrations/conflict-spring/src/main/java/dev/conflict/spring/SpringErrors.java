package dev.conflict.spring;

import dev.conflict.problem.ValidationErrors;
import java.lang.annotation.Annotation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;

/** Reads the errors that Spring's data binding and method validation collect. */
final class SpringErrors {
    private static final String WRONG_TYPE = "The value is not of the type that is expected here.";
    private static final String BINDING = "org.springframework.web.bind.annotation.";

    private final @Nullable MessageSource messages;

    SpringErrors(@Nullable MessageSource messages) {
        this.messages = messages;
    }

    ValidationErrors of(Errors binding) {
        ValidationErrors errors = new ValidationErrors();
        binding.getAllErrors().forEach(error -> add(errors, "", error));
        return errors;
    }

    ValidationErrors of(MethodValidationResult method) {
        ValidationErrors errors = new ValidationErrors();
        for (ParameterValidationResult result : method.getParameterValidationResults()) {
            if (result instanceof ParameterErrors nested) {
                nested.getAllErrors().forEach(error -> add(errors, element(nested), error));
            } else {
                result.getResolvableErrors().forEach(error -> add(errors, result, error));
            }
        }
        method.getCrossParameterValidationResults()
                .forEach(error -> errors.add(null, code(error), ErrorText.detail(resolved(error), null, null)));
        return errors;
    }

    private void add(ValidationErrors errors, String element, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            errors.add(element, code(error), ErrorText.detail(resolved(error), template(error), null));
            return;
        }
        String name = element.isEmpty() || field.getField().isEmpty()
                ? element + field.getField()
                : element + "." + field.getField();
        if (field.isBindingFailure()) {
            // Its default message shows the value.
            errors.add(
                    name,
                    code(error),
                    resolved(new DefaultMessageSourceResolvable(field.getCodes(), field.getArguments(), WRONG_TYPE)));
        } else {
            errors.add(name, code(error), ErrorText.detail(resolved(error), template(error), field.getRejectedValue()));
        }
    }

    private void add(ValidationErrors errors, ParameterValidationResult result, MessageSourceResolvable error) {
        String template = Violations.ARE_KNOWN ? Violations.template(result, error) : null;
        errors.add(
                name(result.getMethodParameter()) + element(result),
                code(error),
                ErrorText.detail(resolved(error), template, result.getArgument()));
    }

    /** Where in the content the object stands that has the errors, if the content is a list or a map. */
    private static String element(ParameterValidationResult result) {
        if (result.getContainerIndex() != null) {
            return "[" + result.getContainerIndex() + "]";
        }
        return result.getContainerKey() != null ? "[" + result.getContainerKey() + "]" : "";
    }

    /** What the client calls a parameter. */
    private static String name(MethodParameter parameter) {
        for (Annotation each : parameter.getParameterAnnotations()) {
            if (each.annotationType().getName().startsWith(BINDING)
                    && AnnotationUtils.getAnnotationAttributes(each).get("name") instanceof String given
                    && !given.isEmpty()) {
                return given;
            }
        }
        String name = parameter.getParameterName();
        return name == null ? "" : name;
    }

    private static String code(MessageSourceResolvable error) {
        String[] codes = error.getCodes();
        return ErrorText.code(codes == null || codes.length == 0 ? null : codes[codes.length - 1]);
    }

    private static @Nullable String template(ObjectError error) {
        return Violations.ARE_KNOWN ? Violations.template(error) : null;
    }

    private String resolved(MessageSourceResolvable error) {
        MessageSource known = messages;
        Locale language = LocaleContextHolder.getLocale();
        try {
            String text = known == null ? error.getDefaultMessage() : known.getMessage(error, language);
            return text == null ? ErrorText.NOT_VALID : text;
        } catch (NoSuchMessageException untold) {
            return ErrorText.NOT_VALID;
        }
    }
}
