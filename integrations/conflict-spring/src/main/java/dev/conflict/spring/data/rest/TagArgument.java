package dev.conflict.spring.data.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.data.rest.webmvc.support.ETag;
import org.springframework.data.rest.webmvc.support.ETagArgumentResolver;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives Spring's controller no tag to compare where the guard compares: it would take a list, or an asterisk, for one tag.
 */
record TagArgument(HandlerMethodArgumentResolver spring) implements HandlerMethodArgumentResolver {
    static boolean isSpring(HandlerMethodArgumentResolver resolver) {
        return resolver instanceof ETagArgumentResolver;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return spring.supportsParameter(parameter);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        return ItemRequest.current() != null
                ? ETag.NO_ETAG
                : spring.resolveArgument(parameter, container, request, binders);
    }
}
