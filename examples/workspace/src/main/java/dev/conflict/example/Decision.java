package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who had an order do what its state refuses, when, and why. */
@Embeddable
record Decision(
        @Column(name = "decided_by") String by,
        @Column(name = "decided_at") Instant at,
        @Column(name = "decided_because") String reason) {
    /** How many characters a reason may have. */
    static final int REASON = 255;

    /** Returns what somebody decides now, for the reason that a body gives. */
    static Decision of(String by, JsonNode body) {
        return new Decision(by, Instant.now().truncatedTo(ChronoUnit.MICROS), Json.text(body, "reason", REASON));
    }

    View view() {
        return new View(by, at.toString(), reason);
    }

    /** What a client sees. */
    record View(String by, String at, String reason) {}
}
