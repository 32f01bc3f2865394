package dev.conflict.spring.boot.faults;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.hibernate.validator.constraints.LuhnCheck;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Service;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Controllers that fail, with no handler, with one for everything, and with Spring's own class of handlers. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@Import({
    FaultApplication.Plain.class,
    FaultApplication.Caught.class,
    FaultApplication.CatchAll.class,
    FaultApplication.Entity.class,
    FaultApplication.EntityHandler.class,
    FaultApplication.Registry.class
})
public class FaultApplication {
    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** What is sent. */
    public record Line(@NotBlank String name, @Positive int pieces) {}

    /** What is sent, as a whole. */
    public record Order(
            @Size(min = 3, max = 20) String customer,
            @LuhnCheck String card,
            @Valid List<Line> lines) {}

    /** A service that validates what it is given. */
    @Service
    @Validated
    public static class Registry {
        public String add(@Valid Order order) {
            return order.customer();
        }
    }

    /** What all controllers do. */
    public abstract static class Faulty {
        private final Registry registry;
        private final Validator validator;

        Faulty(Registry registry, Validator validator) {
            this.registry = registry;
            this.validator = validator;
        }

        @GetMapping("/thrown/{fault}")
        public Map<String, String> thrown(@PathVariable String fault) throws Exception {
            throw Faults.of(fault);
        }

        @GetMapping("/callable/{fault}")
        public Callable<Map<String, String>> callable(@PathVariable String fault) {
            return () -> {
                throw Faults.of(fault);
            };
        }

        @GetMapping("/deferred/{fault}")
        public DeferredResult<Map<String, String>> deferred(@PathVariable String fault) {
            DeferredResult<Map<String, String>> result = new DeferredResult<>();
            new Thread(() -> result.setErrorResult(Faults.of(fault))).start();
            return result;
        }

        @GetMapping("/future/{fault}")
        public CompletableFuture<Map<String, String>> future(@PathVariable String fault) {
            return CompletableFuture.failedFuture(Faults.of(fault));
        }

        @GetMapping("/streaming/{fault}")
        public StreamingResponseBody streaming(@PathVariable String fault) {
            return body -> {
                throw new IOException("secret", Faults.of(fault));
            };
        }

        @GetMapping("/streamed/{fault}")
        public StreamingResponseBody streamed(@PathVariable String fault) {
            return body -> {
                body.write(new byte[100_000]);
                body.flush();
                throw new IOException("secret", Faults.of(fault));
            };
        }

        @GetMapping("/returned")
        public ErrorResponse returned() {
            return ErrorResponse.create(new IllegalStateException("secret"), HttpStatus.LOCKED, "returned");
        }

        @PostMapping("/orders")
        public Map<String, String> order(@Valid @RequestBody Order order) {
            return Faults.done();
        }

        @GetMapping("/pages")
        public Map<String, String> page(@RequestParam("size") @Max(10) int pieces) {
            return Faults.done();
        }

        @GetMapping("/forms")
        public Map<String, String> form(@Valid Line line) {
            return Faults.done();
        }

        @PostMapping("/registered")
        public String registered(@RequestBody Order order) {
            return registry.add(order);
        }

        @PostMapping("/checked")
        public String checked(@RequestBody Order order) {
            throw new ConstraintViolationException(validator.validate(order));
        }
    }

    /** No handler. */
    @RestController
    @RequestMapping("/plain")
    public static class Plain extends Faulty {
        Plain(Registry registry, Validator validator) {
            super(registry, validator);
        }
    }

    /** A handler for everything. */
    @RestController
    @RequestMapping("/caught")
    public static class Caught extends Faulty {
        Caught(Registry registry, Validator validator) {
            super(registry, validator);
        }
    }

    /** The handler for everything. */
    @RestControllerAdvice(assignableTypes = Caught.class)
    public static class CatchAll {
        @ExceptionHandler(Exception.class)
        public ResponseEntity<String> any(Exception thrown) {
            return ResponseEntity.status(500).header("X-Handler", "catch-all").body("sorry");
        }
    }

    /** Spring's own class of handlers. */
    @RestController
    @RequestMapping("/entity")
    public static class Entity extends Faulty {
        Entity(Registry registry, Validator validator) {
            super(registry, validator);
        }
    }

    /** Spring's own class of handlers, with one for the rest. */
    @RestControllerAdvice(assignableTypes = Entity.class)
    @ConditionalOnProperty(name = "faults.entity", matchIfMissing = true)
    public static class EntityHandler extends ResponseEntityExceptionHandler {
        @ExceptionHandler(RuntimeException.class)
        public ProblemDetail any(RuntimeException thrown) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, "sorry");
        }
    }
}
