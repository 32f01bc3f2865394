package dev.conflict.spring;

import dev.conflict.problem.ValidationErrors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.validation.BindingResult;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers what is not valid in a request with all that is wrong with it. */
final class ValidationExceptionResolver implements HandlerExceptionResolver {
    private final SpringErrors errors;

    ValidationExceptionResolver(@Nullable MessageSource messages) {
        errors = new SpringErrors(messages);
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        ValidationErrors found = read(thrown);
        return found == null || found.isEmpty()
                ? null
                : ConflictExceptionResolver.send(request, response, found.toException());
    }

    /** What is wrong with the request; null if the exception does not say, or says that something else is. */
    private @Nullable ValidationErrors read(Exception thrown) {
        if (thrown instanceof BindingResult binding) {
            return errors.of(binding);
        }
        if (thrown instanceof MethodValidationResult method) {
            return method.isForReturnValue() ? null : errors.of(method);
        }
        return Violations.ARE_KNOWN ? Violations.read(thrown) : null;
    }
}
