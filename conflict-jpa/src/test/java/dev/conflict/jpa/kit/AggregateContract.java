package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The version of a root stands for its parts, if the root is said to be one; the same code without that loses updates. */
public abstract class AggregateContract extends Kit {
    private static final EntityVersions<Document> AGGREGATES = DOCUMENTS.ofAggregate();

    private static final int WRITERS = 8;
    private static final int ROUNDS = 10;

    @Test
    void writersWhoAddPartsToOneVersionAllWinWithoutTheRoot() throws Exception {
        Document document = newDocument();

        List<Served> all = race(DOCUMENTS, document.getId(), tagOf(document.getId()));

        assertThat(all).allMatch(Served::committed);
        assertThat(remarks(document.getId())).isEqualTo(WRITERS);
    }

    @Test
    void oneWriterWinsEachRoundWithTheRootAndTheOthersLearnTheNewTag() throws Exception {
        Document document = newDocument();
        for (int round = 0; round < ROUNDS; round++) {
            EntityTag seen = tagOf(document.getId());

            List<Served> all = race(AGGREGATES, document.getId(), seen);

            String now = tagOf(document.getId()).toString();
            assertThat(now).isNotEqualTo(seen.toString());
            assertThat(all).filteredOn(Served::committed).hasSize(1);
            assertThat(all).filteredOn(each -> !each.committed()).allSatisfy(loser -> {
                assertThat(loser.status()).as(String.valueOf(loser.thrown())).isEqualTo(412);
                assertThat(loser.member("currentEtag")).isEqualTo(now);
            });
        }
        assertThat(remarks(document.getId())).isEqualTo(ROUNDS);
    }

    private List<Served> race(EntityVersions<Document> versions, long id, EntityTag seen) throws Exception {
        return together(WRITERS, () -> {
            ConditionalRequest request = request("POST", seen);
            return serve(request, em -> em.persist(new Remark(newId(), versions.find(em, id, request), "mine")));
        });
    }

    /** What locks the root of a part that is added, after somebody else has written it. */
    private Served addedTooLate(Document seen, BiConsumer<EntityManager, Document> lock, ConditionalRequest request) {
        return serve(request, em -> {
            Document root = em.find(Document.class, seen.getId());
            renameMeanwhile(seen.getId(), "theirs");
            lock.accept(em, root);
            em.persist(new Remark(newId(), root, "mine"));
        });
    }

    @Test
    void pessimisticIncrementReadsTheRowAnewUnderEclipseLinkAndForgetsThatItWasStale() {
        Document seen = newDocument();
        ConditionalRequest request = request("POST", DOCUMENTS.tag(seen));

        Served served = addedTooLate(
                seen,
                (em, root) -> {
                    request.require(Target.of(Document.class, seen.getId()), DOCUMENTS.validators(root));
                    em.lock(root, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
                },
                request);

        assertThat(served.status()).isEqualTo(stack.isHibernate() ? 409 : 200);
        assertThat(remarks(seen.getId())).isEqualTo(stack.isHibernate() ? 0 : 1);
    }

    @Test
    void rootThatIsStaleWhenItIsLockedIsRefused() {
        Document seen = newDocument();
        ConditionalRequest request = request("POST", DOCUMENTS.tag(seen));

        Served served = addedTooLate(seen, (em, root) -> AGGREGATES.check(em, root, request), request);

        assertThat(served.status()).isEqualTo(412);
        assertThat(remarks(seen.getId())).isZero();
    }

    @Test
    void changeOfAPartMovesTheRootsVersion() {
        Document document = newDocument();
        long part = newId();
        meanwhile(em -> em.persist(new Remark(part, em.find(Document.class, document.getId()), "first")));
        EntityTag seen = tagOf(document.getId());
        ConditionalRequest request = request("PATCH", seen);

        Served served = serve(request, em -> {
            AGGREGATES.find(em, document.getId(), request);
            em.find(Remark.class, part).setText("mine");
        });

        assertThat(served.committed()).isTrue();
        assertThat(tagOf(document.getId())).isNotEqualTo(seen);
    }

    @Test
    void writeThatStatesItsVersionInTheBodyMovesTheRootsVersionToo() {
        Document document = newDocument();
        EntityTag seen = tagOf(document.getId());

        Served served = serve(em -> {
            Document root = em.find(Document.class, document.getId());
            AGGREGATES.check(em, root, Revision.of(document.getVersion()));
            em.persist(new Remark(newId(), root, "mine"));
        });

        assertThat(served.committed()).isTrue();
        assertThat(tagOf(document.getId())).isNotEqualTo(seen);
    }

    @Test
    void rootIsTouchedForAPartThatGoes() {
        Document document = newDocument();
        long part = newId();
        meanwhile(em -> em.persist(new Remark(part, em.find(Document.class, document.getId()), "first")));
        EntityTag seen = tagOf(document.getId());

        Served served = serve(em -> {
            Remark remark = em.find(Remark.class, part);
            AGGREGATES.touch(em, em.find(Document.class, document.getId()));
            em.remove(remark);
        });

        assertThat(served.committed()).isTrue();
        assertThat(tagOf(document.getId())).isNotEqualTo(seen);
        assertThat(remarks(document.getId())).isZero();
    }

    @Test
    void whatIsNoAggregateIsNotTouched() {
        Document document = newDocument();

        Served served = serve(em -> DOCUMENTS.touch(em, em.find(Document.class, document.getId())));

        assertThat(served.thrown()).isInstanceOf(IllegalStateException.class).hasMessageContaining("ofAggregate");
    }

    @Test
    void rootThatIsChangedItselfIsAnsweredWithTheTagThatIsThereAfterwards() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", tagOf(document.getId()));

        Served served = serve(request, em -> {
            Document root = AGGREGATES.find(em, document.getId(), request);
            root.rename("mine");
            AGGREGATES.respondWithTag(em, root, request);
        });

        assertThat(served.committed()).isTrue();
        assertThat(request.responseTag()).contains(tagOf(document.getId()));
    }

    @Test
    void wholeAggregateIsDeletedOnlyInTheVersionThatWasSeen() {
        Document document = newDocument();
        ConditionalRequest late = request("DELETE", tagOf(document.getId()));
        ConditionalRequest part = request("POST", tagOf(document.getId()));
        meanwhile(em -> em.persist(new Remark(newId(), AGGREGATES.find(em, document.getId(), part), "theirs")));

        Served served = serve(late, em -> {
            em.createQuery("delete from Remark r where r.document.id = :id")
                    .setParameter("id", document.getId())
                    .executeUpdate();
            AGGREGATES.delete(em, document.getId(), late);
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(remarks(document.getId())).isEqualTo(1);
    }

    @Test
    void deleteWithThePresentTagDeletes() {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", tagOf(document.getId()));

        Served served = serve(request, em -> AGGREGATES.delete(em, document.getId(), request));

        assertThat(served.committed()).isTrue();
        assertThat(isStored(document.getId())).isFalse();
    }

    private long remarks(long document) {
        return inTransaction(em -> em.createQuery("select count(r) from Remark r where r.document.id = :id", Long.class)
                .setParameter("id", document)
                .getSingleResult());
    }
}
