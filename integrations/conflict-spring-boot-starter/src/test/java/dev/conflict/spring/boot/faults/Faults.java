package dev.conflict.spring.boot.faults;

import dev.conflict.ConflictException;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;

/** What handlers throw, by name. */
public final class Faults {
    private Faults() {}

    /** An exception that Spring would answer with 423. */
    @ResponseStatus(HttpStatus.LOCKED)
    static final class LockedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LockedException(Throwable cause) {
            super(cause);
        }
    }

    private static ConflictException conflict() {
        return ConflictException.state("ORDER_ALREADY_SHIPPED");
    }

    static Exception of(String name) {
        return switch (name) {
            case "conflict" -> conflict();
            case "wrapped" -> new IllegalStateException("secret", conflict());
            case "servlet" -> new ServletException("secret", conflict());
            case "completion" -> new CompletionException("secret", conflict());
            case "annotated" -> new LockedException(conflict());
            case "stale" -> new OptimisticLockingFailureException("secret");
            case "duplicate" -> new DuplicateKeyException("secret");
            case "locked" -> new PessimisticLockingFailureException("secret");
            case "integrity" -> new DataIntegrityViolationException("secret");
            case "status" -> new ResponseStatusException(HttpStatus.GONE, "decided", conflict());
            case "response" -> new ErrorResponseException(HttpStatus.NOT_FOUND, conflict());
            case "unknown" -> new IllegalArgumentException("secret");
            default -> new IllegalStateException("no such fault: " + name);
        };
    }

    static Map<String, String> done() {
        return Map.of("done", "yes");
    }
}
