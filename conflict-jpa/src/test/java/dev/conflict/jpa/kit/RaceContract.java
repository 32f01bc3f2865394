package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many writers who all saw the same version of one row. */
public abstract class RaceContract extends Kit {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 20;

    @Test
    void oneWriterWinsEachRoundAndTheOthersLearnTheNewTag() throws Exception {
        Document document = newDocument();
        for (int round = 0; round < ROUNDS; round++) {
            EntityTag seen = tagOf(document.getId());

            List<Served> all = race(document.getId(), seen);

            String now = tagOf(document.getId()).toString();
            assertThat(now).isNotEqualTo(seen.toString());
            assertThat(all).filteredOn(Served::committed).hasSize(1);
            assertThat(all).filteredOn(each -> !each.committed()).allSatisfy(loser -> {
                assertThat(loser.status()).as(String.valueOf(loser.thrown())).isEqualTo(412);
                assertThat(loser.member("code")).isEqualTo("VERSION_MISMATCH");
                assertThat(loser.member("requestedEtag")).isEqualTo(seen.toString());
                assertThat(loser.member("currentEtag")).isEqualTo(now);
            });
        }
        assertThat(stored(document.getId()).getTitle()).hasSize("first".length() + ROUNDS);
    }

    private List<Served> race(long id, EntityTag seen) throws Exception {
        return together(WRITERS, () -> {
            ConditionalRequest request = request("PATCH", seen);
            return serve(request, em -> {
                Document managed = DOCUMENTS.find(em, id, request);
                managed.rename(managed.getTitle() + "+");
            });
        });
    }

    /** Somebody is faster: with another row than the stated one in the first attempt, and with both before the second. */
    private Served writeBoth(Document stated, Document another, AtomicInteger attempts, boolean alsoStated) {
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(stated));
        try {
            ConflictTransactions.of(stack.factory()).run(request, em -> {
                boolean first = attempts.getAndIncrement() == 0;
                if (!first && alsoStated) {
                    renameMeanwhile(stated.getId(), "theirs");
                }
                DOCUMENTS.find(em, stated.getId(), request).rename("mine");
                Document managed = em.find(Document.class, another.getId());
                if (first) {
                    renameMeanwhile(another.getId(), "theirs");
                }
                managed.rename(managed.getTitle() + "+");
                return managed;
            });
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    @Test
    void anotherRowThatWasLostIsTriedAgainUnderAStatedVersion() {
        Document stated = newDocument();
        Document another = newDocument();
        AtomicInteger attempts = new AtomicInteger();

        Served served = writeBoth(stated, another, attempts, false);

        assertThat(served.committed()).as(String.valueOf(served.thrown())).isTrue();
        assertThat(attempts).hasValue(2);
        assertThat(stored(stated.getId()).getTitle()).isEqualTo("mine");
        assertThat(stored(another.getId()).getTitle()).isEqualTo("theirs+");
    }

    @Test
    void statedVersionIsHeldAnewInEachAttempt() {
        Document stated = newDocument();
        Document another = newDocument();
        AtomicInteger attempts = new AtomicInteger();

        Served served = writeBoth(stated, another, attempts, true);

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag")).isEqualTo(tagOf(stated.getId()).toString());
        assertThat(attempts).hasValue(2);
        assertThat(stored(stated.getId()).getTitle()).isEqualTo("theirs");
        assertThat(stored(another.getId()).getTitle()).isEqualTo("theirs");
    }
}
