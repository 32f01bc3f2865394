package dev.conflict.spring;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.BindException;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Shops that are configured differently. */
final class ShopConfiguration {
    private ShopConfiguration() {}

    /** The two beans. */
    @Configuration
    @EnableWebMvc
    @Import({Shop.class, Registry.class})
    static class Plain {
        @Bean
        ConflictExceptionResolver conflictExceptionResolver() {
            return new ConflictExceptionResolver();
        }

        @Bean
        ConflictWebMvc conflictWebMvc() {
            return new ConflictWebMvc(ValidationAnswer.AFTER_HANDLERS);
        }

        @Bean
        static MethodValidationPostProcessor methodValidation() {
            return new MethodValidationPostProcessor();
        }

        @Bean
        StaticMessageSource messageSource() {
            StaticMessageSource messages = new StaticMessageSource();
            messages.addMessage("Max", java.util.Locale.ENGLISH, "No more than ten, please.");
            return messages;
        }
    }

    /** The same, with a handler for everything, and validation before it. */
    @Configuration
    @EnableWebMvc
    @Import({Shop.class, Registry.class, CatchAll.class})
    static class Strict {
        @Bean
        ConflictExceptionResolver conflictExceptionResolver() {
            return new ConflictExceptionResolver();
        }

        @Bean
        ConflictWebMvc conflictWebMvc() {
            return new ConflictWebMvc(ValidationAnswer.BEFORE_HANDLERS);
        }
    }

    /** The same, without validation. */
    @Configuration
    @EnableWebMvc
    @Import({Shop.class, Registry.class})
    static class Off {
        @Bean
        ConflictWebMvc conflictWebMvc() {
            return new ConflictWebMvc(ValidationAnswer.OFF);
        }
    }

    /** What is ordered. */
    record Line(@NotBlank String name, @Positive int pieces) {}

    /** An order. */
    record Order(
            @Pattern(regexp = "[a-z]+", message = "\"${validatedValue}\" is no name") String customer,

            @Pattern(regexp = "[a-z]+", message = "topsecret is no card") String card,

            List<@Valid Line> lines,
            Map<String, @NotBlank String> notes) {}

    /** A service. */
    @Validated
    static class Registry {
        void add(@Valid Order order) {}

        void rename(@NotBlank String name) {}

        @Positive int count() {
            return -1;
        }
    }

    /** Controllers. */
    @RestController
    static class Shop {
        private final Registry registry;
        private final Validator validator;

        Shop(Registry registry, org.springframework.validation.Validator validator) {
            this.registry = registry;
            this.validator = (Validator) validator;
        }

        @GetMapping("/conflict")
        void conflict() {
            throw ConflictException.state("SHIPPED");
        }

        @GetMapping("/unknown")
        void unknown() {
            throw new IllegalArgumentException("secret");
        }

        @PutMapping("/documents/{id}")
        Map<String, Long> put(@PathVariable long id, ConditionalRequest conditional) {
            conditional.require(Target.of("document", id), Validators.of(EntityTag.strong("7")));
            return Map.of("id", id);
        }

        @PostMapping("/orders")
        void order(@Valid @RequestBody Order order) {}

        @PostMapping("/lists")
        void list(@RequestBody List<@Valid Line> lines) {}

        @GetMapping("/pages")
        void page(@RequestParam("size") @Max(10) int pieces) {}

        @GetMapping("/forms")
        void form(@Valid Line line) {}

        @PostMapping("/registered")
        void registered(@RequestBody Order order) {
            registry.add(order);
        }

        @PostMapping("/renamed")
        void renamed() {
            registry.rename(" ");
        }

        @GetMapping("/counted")
        int counted() {
            return registry.count();
        }

        @PostMapping("/committed")
        void committed(@RequestBody Order order) {
            throw new TransactionSystemException(
                    "Could not commit",
                    new IllegalStateException(new ConstraintViolationException(validator.validate(order))));
        }

        @PostMapping("/wrapped")
        void wrapped(@RequestBody Order order) {
            throw new IllegalStateException(new ConstraintViolationException(validator.validate(order)));
        }

        @PostMapping("/bound")
        void bound() throws BindException {
            BindException refused = new BindException(new Object(), "order");
            refused.reject("order.too-old", "The order is too old.");
            refused.reject("untold");
            throw refused;
        }
    }

    /** A handler for everything. */
    @RestControllerAdvice
    static class CatchAll {
        @ExceptionHandler(Exception.class)
        String any(Exception thrown) {
            return "caught";
        }
    }
}
