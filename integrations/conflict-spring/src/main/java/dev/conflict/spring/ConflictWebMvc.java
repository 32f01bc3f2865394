package dev.conflict.spring;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceAware;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.annotation.ResponseStatusExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;

/**
 * Lets a controller's method take a {@link dev.conflict.http.ConditionalRequest} as argument, answers a read whose reader has
 * the representation with 304, and what Bean Validation refuses with 422, type {@code validation}, and {@code errors[]} of
 * {@code {code, detail, field, pointer}}.
 *
 * <pre>{@code
 * @PutMapping("/documents/{id}")
 * Document put(@PathVariable long id, @Valid @RequestBody Edit edit, ConditionalRequest conditional) {
 *     return service.rename(id, edit, conditional);
 * }
 * }</pre>
 *
 * <p>A GET or HEAD whose preconditions were evaluated, and say that the reader has what the method returns, is a 304. A
 * {@code ResponseEntity} with a tag of its own is compared by Spring, and a {@code Resource} is sent whole.
 *
 * <p>An error's code is the name of the annotation in upper snake case ({@code NOT_BLANK}), its detail the message of the
 * constraint in the language of the request. The value that was refused is not sent; a message that shows it is replaced.
 *
 * <p>Answered are {@code MethodArgumentNotValidException}, {@code BindException}, {@code HandlerMethodValidationException},
 * {@code MethodValidationException} and {@code jakarta.validation.ConstraintViolationException}, as a handler throws them or
 * as what a transaction failed by when it was committed. A return value that is not valid is a fault of the application, and
 * is left alone.
 */
@ControllerAdvice
public final class ConflictWebMvc implements WebMvcConfigurer, MessageSourceAware, ResponseBodyAdvice<Object> {
    private final ValidationAnswer validation;
    private @Nullable MessageSource messages;

    /**
     * Creates a configurer, to be a bean.
     *
     * @param validation who answers what Bean Validation refuses
     */
    public ConflictWebMvc(ValidationAnswer validation) {
        this.validation = Objects.requireNonNull(validation, "validation");
    }

    /**
     * Takes the application's messages, which stand over those of the constraints.
     *
     * @param messages the messages, by the codes of Spring's errors ({@code NotBlank.document.title})
     */
    @Override
    public void setMessageSource(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ConditionalRequestArgumentResolver());
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    /** Sends 304 in place of a body that the reader has. */
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        return NotModified.instead(body, request, response);
    }

    /** Puts the answer to what is not valid before the application's handlers, or between them and Spring's own. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        if (validation != ValidationAnswer.OFF) {
            resolvers.add(
                    validation == ValidationAnswer.BEFORE_HANDLERS ? 0 : behindHandlers(resolvers),
                    new ValidationExceptionResolver(messages));
        }
    }

    private static int behindHandlers(List<HandlerExceptionResolver> resolvers) {
        for (int i = 0; i < resolvers.size(); i++) {
            HandlerExceptionResolver each = resolvers.get(i);
            if (each instanceof ResponseStatusExceptionResolver || each instanceof DefaultHandlerExceptionResolver) {
                return i;
            }
        }
        return resolvers.size();
    }
}
