package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard costs: the statements of the same change with and without it. */
public abstract class StatementsContract extends Kit {
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
                .allMatch(sql -> sql.toLowerCase(java.util.Locale.ROOT).startsWith("select"));
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
