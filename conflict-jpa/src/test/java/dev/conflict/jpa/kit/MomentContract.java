package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that is a moment, in a column of whole seconds. */
public abstract class MomentContract extends Kit {
    private static final EntityVersions<Stamp> STAMPS = EntityVersions.of(Stamp.class, Stamp::getChanged);

    private static final int ROUNDS = 20;

    @BeforeEach
    void skipWhatCannotReadMoments() {
        assumeThat(stack)
                .as("EclipseLink reads H2's moments as OffsetDateTime, and fails")
                .isNotEqualTo(Stack.ECLIPSELINK_ON_H2);
    }

    private long newStamp() {
        long id = newId();
        stack.database()
                .execute("insert into stamp (id, title, changed) values (" + id + ", 'first', current_timestamp)");
        return id;
    }

    /** As stored: what EclipseLink keeps has more digits, so that the second change would fail whoever makes it. */
    private Stamp found(EntityManager em, long id) {
        stack.factory().getCache().evict(Stamp.class);
        return em.find(Stamp.class, id);
    }

    /** Two changes in one second have one version, so the second does not see the first. */
    @Test
    void unguardedChangesInOneSecondAreLost() {
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long id = newStamp();
            meanwhile(em -> found(em, id).rename("warm"));
            Served served = serve(em -> {
                Stamp managed = found(em, id);
                meanwhile(other -> found(other, id).rename("theirs"));
                managed.rename("mine");
            });
            lost += served.committed() ? 1 : 0;
        }

        assertThat(lost).isPositive();
    }

    @Test
    void writeThatStatesATagIsRefusedAndTheMessageTellsWhatTheColumnKeeps() {
        long id = newStamp();

        for (EntityVersions<Stamp> each : List.of(STAMPS, STAMPS.weaklyTagged())) {
            ConditionalRequest request = request("PUT", "\"1-2026\"");
            assertThatThrownBy(() -> meanwhile(em -> each.find(em, id, request)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            Stamp.class.getName() + " is a moment, of which its column keeps whole seconds")
                    .hasMessageContaining("whole number as @Version");
        }
    }

    @Test
    void readIsTaggedOnlyIfAskedForAndThenWeakly() {
        long id = newStamp();
        ConditionalRequest strict = request("GET", null);
        ConditionalRequest first = request("GET", null);

        try (EntityManager em = stack.factory().createEntityManager()) {
            assertThatThrownBy(() -> STAMPS.find(em, id, strict))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is a moment: two changes");
            STAMPS.weaklyTagged().respondWithTag(em, STAMPS.weaklyTagged().find(em, id, first), first);
            String tag = first.responseTag().orElseThrow().toString();
            assertThat(tag).startsWith("W/\"");

            FieldLines fields =
                    name -> name.equalsIgnoreCase("If-None-Match") ? Collections.enumeration(List.of(tag)) : null;
            ConditionalRequest again = ConditionalRequest.of("GET", fields, Preconditions.optional());
            STAMPS.weaklyTagged().find(em, id, again);
            assertThat(again.isNotModified()).isTrue();
        }
    }

    @Test
    void tagOfAWriteIsNoneAtAll() {
        assumeThat(stack.engine()).isEqualTo(DatabaseEngine.POSTGRESQL);
        long id = newStamp();
        ConditionalRequest request = request("POST", null);

        meanwhile(em -> {
            Stamp managed = found(em, id);
            managed.rename("mine");
            STAMPS.weaklyTagged().respondWithTag(em, managed, request);
        });

        assertThat(request.responseTag()).isEmpty();
    }
}
