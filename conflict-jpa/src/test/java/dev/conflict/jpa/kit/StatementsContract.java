package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard costs: the statements of the same change with and without it. */
public abstract class StatementsContract extends Kit {
    private static final EntityVersions<Document> AGGREGATES = DOCUMENTS.ofAggregate();

    private final Statements statements = new Statements();

    @SuppressWarnings("NullAway.Init") // before each test
    private EntityManagerFactory factory;

    @BeforeEach
    void open() {
        factory = stack.another(statements.of(stack.database().dataSource()));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    /** A row that no cache has. */
    private long row() {
        long id = newId();
        stack.database()
                .execute("insert into document (id, kind, title, version) values (" + id + ", 'Document', 'first', 3)");
        return id;
    }

    private List<String> committedByTheApplication(Consumer<EntityManager> work) {
        statements.take();
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            work.accept(em);
            em.getTransaction().commit();
        }
        return statements.take();
    }

    private List<String> committedByUs(ConditionalRequest request, Consumer<EntityManager> work) {
        statements.take();
        ConflictTransactions.of(factory).run(request, em -> {
            work.accept(em);
            return true;
        });
        return statements.take();
    }

    private List<String> plain() {
        long id = row();
        return committedByTheApplication(em -> em.find(Document.class, id).rename("mine"));
    }

    private static String tag() {
        return "\"1-3\"";
    }

    @Test
    void changeThatIsGuardedCostsNothingWhereWeCommit() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded =
                committedByUs(request, em -> DOCUMENTS.find(em, id, request).rename("mine"));

        assertThat(guarded).isEqualTo(plain()).hasSize(2);
        assertThat(tagOf(id).toString()).isEqualTo("\"1-4\"");
    }

    @Test
    void changeUnderAVersionInTheBodyCostsNothingWhereWeCommit() {
        long id = row();

        List<String> guarded = committedByUs(request("PATCH", null), em -> {
            Document managed = em.find(Document.class, id);
            DOCUMENTS.check(em, managed, Revision.of(3));
            managed.rename("mine");
        });

        assertThat(guarded).isEqualTo(plain());
    }

    @Test
    void tagOfTheAnswerCostsNothingWhereWeCommit() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded = committedByUs(request, em -> {
            Document managed = DOCUMENTS.find(em, id, request);
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, request);
            assertThat(request.responseTag()).isEmpty();
        });

        assertThat(request.responseTag()).hasToString("Optional[\"1-4\"]");
        assertThat(guarded).isEqualTo(plain());
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void whatIsRemovedAfterItsTagWasOfferedHasNone() {
        long id = row();
        ConditionalRequest request = request("DELETE", tag());

        committedByUs(request, em -> {
            Document managed = DOCUMENTS.find(em, id, request);
            DOCUMENTS.respondWithTag(em, managed, request);
            em.remove(managed);
        });

        assertThat(request.responseTag()).isEmpty();
    }

    @Test
    void deleteCostsNothingWhereWeCommit() {
        long one = row();
        long two = row();
        ConditionalRequest request = request("DELETE", tag());

        List<String> guarded = committedByUs(request, em -> DOCUMENTS.delete(em, one, request));
        List<String> plain = committedByTheApplication(em -> em.remove(em.find(Document.class, two)));

        assertThat(guarded).isEqualTo(plain);
        assertThat(isStored(one)).isFalse();
    }

    @Test
    void changeThatChangesNothingIsComparedByOneStatement() {
        long id = row();
        ConditionalRequest request = request("PUT", tag());

        List<String> guarded =
                committedByUs(request, em -> DOCUMENTS.find(em, id, request).rename("first"));

        assertThat(guarded).hasSize(2);
        assertThat(tagOf(id).toString()).isEqualTo("\"1-3\"");
    }

    @Test
    void changeThatTheApplicationCommitsCostsAtMostOneSelect() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded =
                committedByTheApplication(em -> DOCUMENTS.find(em, id, request).rename("mine"));

        assertThat(guarded).startsWith(plain().toArray(String[]::new));
        assertThat(guarded.subList(2, guarded.size()))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(StatementsContract::isSelect);
    }

    @Test
    void tagOfTheAnswerCostsOneSelectWhereTheApplicationCommits() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());
        committedByTheApplication(em -> {
            Document managed = DOCUMENTS.find(em, id, request);
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, request);
        });

        assertThat(request.responseTag()).hasToString("Optional[\"1-4\"]");
        assertThat(statements.take()).hasSize(1);
    }

    @Test
    void entityThatIsManagedAlreadyIsCheckedForNothing() {
        long one = row();
        long two = row();
        ConditionalRequest ours = request("PATCH", tag());
        ConditionalRequest theirs = request("PATCH", tag());

        List<String> committedByUs = committedByUs(ours, em -> checkManaged(em, one, ours));
        List<String> committedByTheApplication = committedByTheApplication(em -> checkManaged(em, two, theirs));

        assertThat(committedByUs).isEqualTo(plain());
        assertThat(committedByTheApplication).startsWith(plain().toArray(String[]::new));
        assertThat(committedByTheApplication.subList(2, committedByTheApplication.size()))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(StatementsContract::isSelect);
    }

    private static void checkManaged(EntityManager em, long id, ConditionalRequest request) {
        Document managed = em.find(Document.class, id);
        DOCUMENTS.check(em, managed, request);
        managed.rename("mine");
    }

    @Test
    void entityThatIsManagedAlreadyIsFoundForNothing() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded = committedByUs(request, em -> {
            em.find(Document.class, id);
            DOCUMENTS.find(em, id, request).rename("mine");
        });

        assertThat(guarded).isEqualTo(plain());
    }

    /** EclipseLink has such a cache unless told otherwise. */
    private long cachedRow() {
        long cached = row();
        committedByTheApplication(em -> em.find(Document.class, cached));
        assertThat(factory.getCache().contains(Document.class, cached)).isEqualTo(!stack.isHibernate());
        return cached;
    }

    @Test
    void entityOfTheSharedCacheIsFoundThere() {
        long one = cachedRow();
        long two = cachedRow();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded =
                committedByUs(request, em -> DOCUMENTS.find(em, one, request).rename("mine"));
        List<String> plain =
                committedByTheApplication(em -> em.find(Document.class, two).rename("mine"));

        assertThat(guarded).isEqualTo(plain).hasSize(stack.isHibernate() ? 2 : 1);
    }

    @Test
    void entityOfTheSharedCacheIsReadOnceMoreWhereNothingIsStatedOrTheApplicationCommits() {
        long one = cachedRow();
        long two = cachedRow();
        ConditionalRequest theirs = request("PATCH", tag());
        ConditionalRequest unstated = request("PATCH", null).under(Preconditions.optional());

        List<String> committedByTheApplication =
                committedByTheApplication(em -> DOCUMENTS.find(em, one, theirs).rename("mine"));
        List<String> nothingStated =
                committedByUs(unstated, em -> DOCUMENTS.find(em, two, unstated).rename("mine"));

        assertThat(committedByTheApplication).first().matches(StatementsContract::isSelect);
        assertThat(nothingStated).hasSize(2).first().matches(StatementsContract::isSelect);
    }

    /** As another node does it. */
    private void moveBehindTheCache(long id) {
        stack.database().execute("update document set title = 'theirs', version = 7 where id = " + id);
    }

    @Test
    void whoKnowsMoreThanTheSharedCacheIsNotRefused() {
        long id = cachedRow();
        moveBehindTheCache(id);
        ConditionalRequest request = request("PATCH", "\"1-7\"");

        committedByUs(request, em -> DOCUMENTS.find(em, id, request).rename("mine"));

        assertThat(stored(id).getTitle()).isEqualTo("mine");
        assertThat(tagOf(id)).hasToString("\"1-8\"");
    }

    @Test
    void whoKnowsNoMoreThanTheSharedCacheLosesAndThenReadsWhatIsThere() {
        long id = cachedRow();
        moveBehindTheCache(id);
        ConditionalRequest request = request("PATCH", tag());

        RuntimeException lost = catchRuntimeException(() ->
                committedByUs(request, em -> DOCUMENTS.find(em, id, request).rename("mine")));

        Served served = served(request, lost);
        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag")).isEqualTo("\"1-7\"");
        assertThat(stored(id).getTitle()).isEqualTo("theirs");
        assertThat(versionRead(id)).isEqualTo(7);
    }

    @Test
    void whoIsRefusedByTheSharedCacheReadsWhatIsThereNextTime() {
        long id = cachedRow();
        moveBehindTheCache(id);
        ConditionalRequest request = request("PATCH", "\"1-2\"");

        RuntimeException refused = catchRuntimeException(() ->
                committedByUs(request, em -> DOCUMENTS.find(em, id, request).rename("mine")));

        assertThat(served(request, refused).member("currentEtag")).isEqualTo("\"1-7\"");
        assertThat(versionRead(id)).isEqualTo(7);
    }

    /** By the factory that has the cache. */
    private long versionRead(long id) {
        try (EntityManager em = factory.createEntityManager()) {
            return em.find(Document.class, id).getVersion();
        }
    }

    private static boolean isSelect(String sql) {
        return sql.toLowerCase(Locale.ROOT).startsWith("select");
    }

    private void addPart(EntityManager em, Document root) {
        em.persist(new Remark(newId(), root, "mine"));
    }

    /** As somebody writes it who knows the lock that does it. */
    private List<String> partUnderALockedRoot(Consumer<Document> more) {
        long id = row();
        LockModeType lock = stack.isHibernate()
                ? LockModeType.PESSIMISTIC_FORCE_INCREMENT
                : LockModeType.OPTIMISTIC_FORCE_INCREMENT;
        return committedByTheApplication(em -> {
            Document root = em.find(Document.class, id);
            em.lock(root, lock);
            more.accept(root);
            addPart(em, root);
        });
    }

    @Test
    void rootOfAnAggregateCostsTheUpdateThatMovesIt() {
        long one = row();
        long two = row();
        long three = row();
        ConditionalRequest ours = request("POST", tag());
        ConditionalRequest theirs = request("POST", tag());

        List<String> unlocked = committedByTheApplication(em -> addPart(em, em.find(Document.class, three)));
        List<String> committedByUs = committedByUs(ours, em -> addPart(em, AGGREGATES.find(em, one, ours)));
        List<String> committedByTheApplication =
                committedByTheApplication(em -> addPart(em, AGGREGATES.find(em, two, theirs)));

        assertThat(unlocked).hasSize(2);
        assertThat(committedByUs)
                .hasSize(3)
                .isEqualTo(partUnderALockedRoot(root -> {}))
                .isEqualTo(committedByTheApplication);
        assertThat(tagOf(one)).hasToString("\"1-4\"");
    }

    /** Hibernate writes it at once, and again with the flush. */
    @Test
    void rootThatIsChangedItselfCostsNothingBesideTheLock() {
        long id = row();
        ConditionalRequest request = request("POST", tag());

        List<String> guarded = committedByUs(request, em -> {
            Document root = AGGREGATES.find(em, id, request);
            root.rename("mine");
            addPart(em, root);
        });

        assertThat(guarded)
                .isEqualTo(partUnderALockedRoot(root -> root.rename("mine")))
                .hasSize(stack.isHibernate() ? 4 : 3);
    }

    @Test
    void readCostsNothing() {
        long one = row();
        long two = row();
        ConditionalRequest request = request("GET", null);

        List<String> guarded = committedByTheApplication(
                em -> DOCUMENTS.respondWithTag(em, DOCUMENTS.find(em, one, request), request));
        List<String> plain = committedByTheApplication(em -> em.find(Document.class, two));

        assertThat(guarded).isEqualTo(plain);
        assertThat(request.responseTag()).isPresent();
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void updateWithoutLoadingReadsTheVersionAndComparesIt() {
        long id = row();
        ConditionalRequest request = request("PATCH", tag());

        List<String> guarded = committedByUs(
                request,
                em -> DOCUMENTS.withoutLoading().update(em, id, request, update -> update.set("title", "mine")));

        assertThat(guarded).hasSize(2);
    }
}
