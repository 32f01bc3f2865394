package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * {@code /commits/{order}/{document}}: renames a document in a transaction that fails only at its commit, and answers before or
 * after it.
 */
final class CommittingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** When the answer is made. */
    enum Order {
        /** On its way to the client before the commit. */
        SENT_FIRST,
        /** Written before the commit, and still in the container's buffer. */
        WRITTEN_FIRST,
        /** Made after the application's commit. */
        COMMITTED_FIRST,
        /** Made after that of a run. */
        RUN
    }

    private static final EntityVersions<Document> VERSIONS = EntityVersions.of(Document.class);

    private final transient Store store;

    CommittingServlet(Store store) {
        this.store = store;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Order order = Order.valueOf(Paths.segments(request).get(0).toUpperCase(Locale.ROOT));
        long id = Paths.id(Paths.segments(request).get(1));
        Consumer<EntityManager> work = request.getParameter("deferred") == null
                ? stale(id, ServletPreconditions.of(request))
                : deferred(id, Long.parseLong(request.getParameter("deferred")));
        if (order == Order.RUN) {
            store.inTransaction(em -> {
                work.accept(em);
                return em;
            });
            Json.write(response, 200, Map.of());
            return;
        }
        commit(order, work, response);
    }

    private void commit(Order order, Consumer<EntityManager> work, HttpServletResponse response) throws IOException {
        EntityManagerFactory factory = store.inTransaction(EntityManager::getEntityManagerFactory);
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            work.accept(em);
            if (order != Order.COMMITTED_FIRST) {
                if (order == Order.SENT_FIRST) {
                    response.setContentLength("{}".length()); // which ends the answer
                }
                Json.write(response, 200, Map.of());
            }
            em.getTransaction().commit();
        }
        if (order == Order.COMMITTED_FIRST) {
            Json.write(response, 200, Map.of());
        }
    }

    /** Somebody is faster, once, and nothing is flushed. */
    private Consumer<EntityManager> stale(long id, ConditionalRequest conditional) {
        AtomicBoolean first = new AtomicBoolean(true);
        return em -> {
            Document document = VERSIONS.find(em, id, conditional);
            if (first.getAndSet(false)) {
                CompletableFuture.supplyAsync(() -> store.inTransaction(other -> rename(other, id, "theirs")))
                        .join();
            }
            document.rename("mine");
        };
    }

    private static Document rename(EntityManager em, long id, String title) {
        Document document = em.find(Document.class, id);
        document.rename(title);
        return document;
    }

    /** Something is there twice, which only the commit looks at. */
    private static Consumer<EntityManager> deferred(long id, long twice) {
        return em -> {
            rename(em, id, "mine");
            String insert = "insert into late (id) values (" + twice + ")";
            em.createNativeQuery(insert).executeUpdate();
            em.createNativeQuery(insert).executeUpdate();
        };
    }
}
