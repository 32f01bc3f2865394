package dev.conflict.spring;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller's method the ledger of its request, {@link ServletPreconditions#of}. */
final class ConditionalRequestArgumentResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ConditionalRequest.class;
    }

    @Override
    public ConditionalRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return ServletPreconditions.of(Objects.requireNonNull(
                request.getNativeRequest(HttpServletRequest.class), "Only HTTP requests have preconditions"));
    }
}
