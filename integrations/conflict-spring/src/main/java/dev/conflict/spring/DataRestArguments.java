package dev.conflict.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.data.rest.webmvc.PersistentEntityResource;
import org.springframework.data.rest.webmvc.RootResourceInformation;
import org.springframework.data.rest.webmvc.config.PersistentEntityResourceHandlerMethodArgumentResolver;
import org.springframework.data.rest.webmvc.config.RootResourceInformationHandlerMethodArgumentResolver;
import org.springframework.data.rest.webmvc.support.BackendIdHandlerMethodArgumentResolver;
import org.springframework.data.rest.webmvc.support.ETag;
import org.springframework.data.rest.webmvc.support.ETagArgumentResolver;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** What the handlers of Spring Data REST are given: the item as its content left it, and a precondition of which others take care. */
final class DataRestArguments {
    private final ConflictDataRest rest;
    private final RootResourceInformationHandlerMethodArgumentResolver resources;
    private final BackendIdHandlerMethodArgumentResolver identifiers;

    private DataRestArguments(
            ConflictDataRest rest,
            RootResourceInformationHandlerMethodArgumentResolver resources,
            BackendIdHandlerMethodArgumentResolver identifiers) {
        this.rest = rest;
        this.resources = resources;
        this.identifiers = identifiers;
    }

    /** Returns the resolvers with ours in the place of two of them; as they are if these are not there. */
    static List<HandlerMethodArgumentResolver> guarded(
            List<HandlerMethodArgumentResolver> resolvers, ConflictDataRest rest) {
        Optional<RootResourceInformationHandlerMethodArgumentResolver> resources =
                find(resolvers, RootResourceInformationHandlerMethodArgumentResolver.class);
        Optional<BackendIdHandlerMethodArgumentResolver> identifiers =
                find(resolvers, BackendIdHandlerMethodArgumentResolver.class);
        if (resources.isEmpty() || identifiers.isEmpty()) {
            return resolvers;
        }
        DataRestArguments arguments = new DataRestArguments(rest, resources.get(), identifiers.get());
        List<HandlerMethodArgumentResolver> guarded = new ArrayList<>();
        for (HandlerMethodArgumentResolver each : resolvers) {
            if (each instanceof PersistentEntityResourceHandlerMethodArgumentResolver) {
                guarded.add(arguments.new Content(each));
            } else if (each instanceof ETagArgumentResolver) {
                guarded.add(arguments.new Precondition(each));
            } else {
                guarded.add(each);
            }
        }
        return guarded;
    }

    private static <R> Optional<R> find(List<HandlerMethodArgumentResolver> resolvers, Class<R> type) {
        return resolvers.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private @Nullable DataRestWrite write(@Nullable RootResourceInformation resource, NativeWebRequest request) {
        return resource != null && rest.guards(resource.getDomainType())
                ? rest.write(
                        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                        resource.getPersistentEntity())
                : null;
    }

    /** Reads the content of a request into the item, after a look at the item as it is. */
    private final class Content implements HandlerMethodArgumentResolver {
        private final HandlerMethodArgumentResolver reads;

        Content(HandlerMethodArgumentResolver reads) {
            this.reads = reads;
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return reads.supportsParameter(parameter);
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders)
                throws Exception {
            @Nullable RootResourceInformation resource = resources.resolveArgument(parameter, container, request, binders);
            Serializable id = identifiers.resolveArgument(parameter, container, request, binders);
            DataRestWrite write = id == null ? null : write(resource, request);
            if (write == null || resource == null || id == null) {
                return reads.resolveArgument(parameter, container, request, binders);
            }
            resource.getRequiredInvoker().invokeFindById(id).ifPresent(write::found);
            Object content = reads.resolveArgument(parameter, container, request, binders);
            if (content instanceof PersistentEntityResource item) {
                write.restoreVersion(item.getContent());
            }
            return content;
        }
    }

    /** Says that nothing is stated, where somebody else compares what is stated. */
    private final class Precondition implements HandlerMethodArgumentResolver {
        private final HandlerMethodArgumentResolver reads;

        Precondition(HandlerMethodArgumentResolver reads) {
            this.reads = reads;
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return reads.supportsParameter(parameter);
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders)
                throws Exception {
            @Nullable RootResourceInformation resource = resources.resolveArgument(parameter, container, request, binders);
            return write(resource, request) == null
                    ? reads.resolveArgument(parameter, container, request, binders)
                    : ETag.NO_ETAG;
        }
    }
}
