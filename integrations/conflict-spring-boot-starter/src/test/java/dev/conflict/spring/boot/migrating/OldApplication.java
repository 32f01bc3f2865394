package dev.conflict.spring.boot.migrating;

import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** An application as it stood before, with an advice for everything; docs/migrating.md shows it. */
@SpringBootApplication
@Import({OldApplication.Accounts.class, OldApplication.Errors.class})
public class OldApplication {
    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Accounts, whose names are unique. */
    @RestController
    @Transactional
    public static class Accounts {
        @PersistenceContext
        private EntityManager em;

        @PostMapping({"/accounts/{id}", "/api/v1/accounts/{id}"})
        public Map<String, String> create(@PathVariable long id, @RequestBody String name) {
            em.persist(new Account(id, name));
            return Map.of();
        }

        @PutMapping("/accounts/{id}")
        public Map<String, String> lost(@PathVariable long id) {
            throw new OptimisticLockException("Row was updated or deleted by another transaction");
        }

        @PostMapping("/broken")
        public Map<String, String> broken() {
            throw new IllegalStateException("a bug");
        }
    }

    @RestControllerAdvice
    public static class Errors {
        @ExceptionHandler({OptimisticLockingFailureException.class, OptimisticLockException.class})
        ResponseEntity<Map<String, String>> stale(RuntimeException lost) {
            return ResponseEntity.status(409).body(Map.of("message", "Somebody else changed it. Please reload."));
        }

        @ExceptionHandler(DataIntegrityViolationException.class)
        ResponseEntity<Map<String, String>> integrity(DataIntegrityViolationException violation) {
            return ResponseEntity.status(409).body(Map.of("message", violation.getMessage())); // SQL, names and values
        }

        @ExceptionHandler(Exception.class)
        ResponseEntity<Map<String, String>> anything(Exception unknown) {
            return ResponseEntity.status(500).body(Map.of("message", "Internal error"));
        }
    }
}
