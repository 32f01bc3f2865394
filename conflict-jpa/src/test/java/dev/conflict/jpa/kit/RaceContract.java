package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import java.util.List;
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
}
