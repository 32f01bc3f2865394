package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.JpaConflictReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a writer whose row another one changes between his comparison and his commit. */
public abstract class LostRaceContract extends Kit {
    /** When the provider finds out. */
    enum Phase {
        FLUSH,
        COMMIT;

        void reach(EntityManager em) {
            if (this == FLUSH) {
                em.flush();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void raceForTheStatedEntityIs412WithTheTagThatIsThereNow(Phase phase) {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("mine");
            phase.reach(em);
        });

        assertStatedIsLost(served, document);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    /** RFC 9110 §8.8.3.3: each representation has a tag of its own, and a write replaces the state behind them. */
    @Test
    void writerMayHaveReadAnotherRepresentation() {
        EntityVersions<Document> xml = DOCUMENTS.tagged(
                doc -> Validators.of(DOCUMENTS.tag(doc).variant("xml")).equivalents(DOCUMENTS.tag(doc)));
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = xml.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(xml.tag(stored(document.getId())).toString());
        ConditionalRequest again = request("PATCH", DOCUMENTS.tag(stored(document.getId())));
        assertThat(serve(again, em -> xml.find(em, document.getId(), again).rename("mine"))
                        .committed())
                .isTrue();
    }

    @Test
    void tagOfTheApplicationHasToBeStrong() {
        EntityVersions<Document> weak = DOCUMENTS.tagged(doc -> Validators.of(EntityTag.weak("x")));
        assertThatIllegalStateException()
                .isThrownBy(() -> weak.tag(newDocument()))
                .withMessageContaining("strong");
    }

    @ParameterizedTest
    @EnumSource
    void raceThatNobodyStatedIs409(Phase phase) {
        Document document = newDocument();

        Served served = serve(em -> {
            Document managed = em.find(Document.class, document.getId());
            DOCUMENTS.check(em, managed, Revision.of(document.getVersion()));
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("mine");
            phase.reach(em);
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
        String told =
                served.body().replaceAll("\"(?:instance|timestamp)\":\"[^\"]*\"", ""); // where any digits may stand
        assertThat(told).doesNotContain("tag", "Document", String.valueOf(document.getId()));
    }

    @ParameterizedTest
    @EnumSource
    void raceForAnotherEntityStays409ThoughOneWasStated(Phase phase) {
        Document stated = newDocument();
        Document another = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(stated));

        Served served = serve(request, em -> {
            DOCUMENTS.find(em, stated.getId(), request).rename("mine");
            Document managed = em.find(Document.class, another.getId());
            renameMeanwhile(another.getId(), "theirs");
            managed.rename("mine too");
            phase.reach(em);
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
        assertThat(served.body()).doesNotContain("etag", "Etag", "Document");
        assertThat(stored(stated.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void raceForAnotherEntityThatIsOnlyCheckedStays409() {
        Document stated = newDocument();
        Document another = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(stated));

        Served served = serve(request, em -> {
            DOCUMENTS.find(em, stated.getId(), request).rename("mine");
            em.lock(em.find(Document.class, another.getId()), LockModeType.OPTIMISTIC);
            renameMeanwhile(another.getId(), "theirs");
        });

        assertThat(served.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @EnumSource
    void subclassThatLostIsTheOneThatWasStated(Phase phase) {
        long id = newId();
        meanwhile(em -> em.persist(new Invoice(id, "first")));
        ConditionalRequest request = request("PATCH", tagOf(id));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, id, request);
            renameMeanwhile(id, "theirs");
            managed.rename("mine");
            phase.reach(em);
        });

        assertThat(served.status()).isEqualTo(412);
    }

    @Test
    void entityReachedThroughAProxyIsTheOneThatWasStated() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document proxy = em.getReference(Document.class, document.getId());
            DOCUMENTS.check(em, proxy, request);
            renameMeanwhile(document.getId(), "theirs");
            proxy.rename("mine");
        });

        assertStatedIsLost(served, document);
    }

    @Test
    void writeThatChangesNothingLosesItsRaceToo() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            managed.rename(managed.getTitle());
        });

        assertStatedIsLost(served, document);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
    }

    @Test
    void writeThatChangesNothingUnderAVersionInTheBodyLosesItsRaceToo() {
        Document document = newDocument();

        Served served = serve(em -> {
            Document managed = em.find(Document.class, document.getId());
            DOCUMENTS.check(em, managed, Revision.of(document.getVersion()));
            renameMeanwhile(document.getId(), "theirs");
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
    }

    @Test
    void mergeOfAStaleCopyIs409() {
        Document detached = newDocument();
        renameMeanwhile(detached.getId(), "theirs");
        detached.rename("mine");

        Served served = serve(em -> em.merge(detached));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
        // EclipseLink's exception from merge does not know the entity.
        assertThat(loser(served)).isEqualTo(stack.isHibernate() ? Target.of(Document.class, detached.getId()) : null);
    }

    @Test
    void mergeOfAnotherStaleCopyStays409ThoughOneWasStated() {
        Document stated = newDocument();
        Document detached = newDocument();
        renameMeanwhile(detached.getId(), "theirs");
        detached.rename("mine");
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(stated));

        Served served = serve(request, em -> {
            DOCUMENTS.find(em, stated.getId(), request).rename("mine");
            em.merge(detached);
        });

        assertThat(served.status()).isEqualTo(409);
    }

    @Test
    void mergeOfTheStatedEntityUnderAnotherWritersFeetIs412() {
        Document detached = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(detached));

        Served served = serve(request, em -> {
            DOCUMENTS.find(em, detached.getId(), request);
            em.clear();
            renameMeanwhile(detached.getId(), "theirs");
            detached.rename("mine");
            em.merge(detached);
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(detached.getId()).toString());
    }

    @ParameterizedTest
    @EnumSource
    void deleteOfWhatSomebodyChangedIs412(Phase phase) {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            em.remove(managed);
            phase.reach(em);
        });

        assertStatedIsLost(served, document);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @ParameterizedTest
    @EnumSource
    void changeOfWhatSomebodyDeletedIs412WithoutATag(Phase phase) {
        assertGone(phase, (em, managed) -> managed.rename("mine"));
    }

    @ParameterizedTest
    @EnumSource
    void deleteOfWhatSomebodyDeletedIs412WithoutATag(Phase phase) {
        assertGone(phase, EntityManager::remove);
    }

    private void assertGone(Phase phase, BiConsumer<EntityManager, Document> change) {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            meanwhile(other -> other.remove(other.find(Document.class, document.getId())));
            change.accept(em, managed);
            phase.reach(em);
        });

        assertStatedIsLost(served, document);
        assertThat(served.member("currentEtag")).isNull();
    }

    @Test
    void deleteOfThePresentVersionIsDone() {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", DOCUMENTS.tag(document));

        Served served = serve(request, em -> em.remove(DOCUMENTS.find(em, document.getId(), request)));

        assertThat(served.committed()).isTrue();
        assertThat(isStored(document.getId())).isFalse();
    }

    @Test
    void changeBehindTheProvidersBackIsSeen() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            stack.database()
                    .execute("update document set title = 'theirs', version = 50 where id = " + document.getId());
            managed.rename("mine");
        });

        assertStatedIsLost(served, document);
        assertThat(served.member("currentEtag")).isEqualTo("\"1-50\"");
    }

    @Test
    void entityWithACompositeIdentifierIsKnownToBeTheLoser() {
        EntityVersions<Seat> seats = EntityVersions.of(Seat.class, Seat::getVersion);
        long hall = newId();
        meanwhile(em -> em.persist(new Seat(hall, 7)));
        EntityTag tag = inTransaction(em -> seats.tag(em.find(Seat.class, new SeatId(hall, 7))));
        ConditionalRequest request = request("PATCH", tag);

        Served served = serve(request, em -> {
            Seat managed = seats.find(em, new SeatId(hall, 7), request);
            meanwhile(other -> other.find(Seat.class, new SeatId(hall, 7)).take("their"));
            managed.take("mine");
        });

        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(inTransaction(em -> seats.tag(em.find(Seat.class, new SeatId(hall, 7))))
                        .toString());
        assertThat(loser(served)).isEqualTo(Target.of(Seat.class, new SeatId(hall, 7)));
    }

    @Test
    void presentTagIsGivenUpRatherThanWaitedFor() throws SQLException {
        assumeThat(stack.engine()).as("where a reader can be kept waiting").hasToString("POSTGRESQL");
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));
        Consumer<EntityManager> losing = em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("mine");
        };
        RuntimeException lost = catchThrowableOfType(RuntimeException.class, () -> meanwhile(losing));

        try (Connection blocker = stack.database().dataSource().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table document in access exclusive mode");
            Served served = served(request, lost);
            assertThat(served.status()).isEqualTo(412);
            assertThat(served.member("currentEtag")).isNull();
            blocker.rollback();
        }
    }

    private static @Nullable Target loser(Served served) {
        ConflictException read = new JpaConflictReader()
                .read(Objects.requireNonNull(served.thrown()))
                .orElseThrow();
        return ((Conflict.VersionMismatch) read.conflict()).target();
    }

    private static void assertStatedIsLost(Served served, Document document) {
        assertThat(served.status()).isEqualTo(412);
        assertThat(served.type()).endsWith(":precondition-failed");
        assertThat(served.member("code")).isEqualTo("VERSION_MISMATCH");
        assertThat(served.member("requestedEtag"))
                .isEqualTo(DOCUMENTS.tag(document).toString());
        assertThat(loser(served)).isEqualTo(Target.of(Document.class, document.getId()));
    }
}
