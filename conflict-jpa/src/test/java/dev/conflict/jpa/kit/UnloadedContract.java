package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.UnloadedVersions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One UPDATE compares the version, writes the change and moves the version on. */
public abstract class UnloadedContract extends Kit {
    private static final UnloadedVersions<Document> UNLOADED = DOCUMENTS.withoutLoading();

    private Served rename(ConditionalRequest request, long id, String title) {
        return serve(request, em -> UNLOADED.update(em, id, request, update -> update.set("title", title)));
    }

    @Test
    void presentTagLetsTheUpdateThroughAndTheVersionGrowsByOne() {
        Document document = newDocument();

        Served served = rename(request("PATCH", tagOf(document.getId())), document.getId(), "mine");

        assertThat(served.committed()).isTrue();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
        assertThat(stored(document.getId()).getVersion()).isEqualTo(document.getVersion() + 1);
    }

    @Test
    void anotherTagIsRefusedWithThePresentOne() {
        Document document = newDocument();

        Served served = rename(request("PATCH", "\"1-99\""), document.getId(), "mine");

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void nothingThereIs404AndNothingStatedIs428() {
        Document document = newDocument();

        assertThat(rename(request("PATCH", "*"), -1L, "mine").status()).isEqualTo(404);
        assertThat(rename(request("PATCH", null), document.getId(), "mine").status())
                .isEqualTo(428);
    }

    @Test
    void oneWriterWinsAndTheOthersLearnTheNewTag() throws Exception {
        Document document = newDocument();
        EntityTag seen = tagOf(document.getId());

        List<Served> all = together(8, () -> rename(request("PATCH", seen), document.getId(), "mine"));

        String now = tagOf(document.getId()).toString();
        assertThat(all).filteredOn(Served::committed).hasSize(1);
        assertThat(all).filteredOn(each -> !each.committed()).allSatisfy(loser -> {
            assertThat(loser.status()).as(String.valueOf(loser.thrown())).isEqualTo(412);
            assertThat(loser.member("currentEtag")).isEqualTo(now);
        });
    }

    @Test
    void versionInTheBodyIsComparedAsANumberOrAsItsText() {
        Document document = newDocument();
        Revision text = Revision.of(Long.toString(document.getVersion()));

        Served first = serve(em -> UNLOADED.update(em, document.getId(), text, update -> update.set("title", "mine")));
        Served second = serve(em -> UNLOADED.update(em, document.getId(), text, update -> update.set("title", "late")));

        assertThat(first.committed()).isTrue();
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.member("currentVersion")).isEqualTo(document.getVersion() + 1);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
    }

    @Test
    void validatorsThatNeedTheEntityAreRefusedAtOnce() {
        EntityVersions<Document> tagged = DOCUMENTS.tagged(DOCUMENTS::validators);

        assertThatThrownBy(tagged::withoutLoading)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("made from the entity");
    }
}
