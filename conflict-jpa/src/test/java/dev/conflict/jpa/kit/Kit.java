package dev.conflict.jpa.kit;

import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemTranslator;
import dev.conflict.schemas.ProblemSchemas;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contracts share: one stack, rows of their own, and a request that is answered as an edge would. */
@ParameterizedClass
@EnumSource(Stack.class)
public abstract class Kit {
    protected static final EntityVersions<Document> DOCUMENTS = EntityVersions.of(Document.class, Document::getVersion);

    private static final AtomicLong IDS = new AtomicLong(1000);

    private static final ProblemTranslator EDGE = ProblemTranslator.builder()
            .reader(JpaConflictReader.of(Schema.CONSTRAINTS))
            .build(Kit.class.getClassLoader());

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    protected Stack stack;

    protected static long newId() {
        return IDS.incrementAndGet();
    }

    protected static ConditionalRequest request(String method, @Nullable Object ifMatch) {
        FieldLines fields = name -> ifMatch != null && name.equalsIgnoreCase("If-Match")
                ? Collections.enumeration(List.of(ifMatch.toString()))
                : null;
        return ConditionalRequest.of(method, fields, Preconditions.required());
    }

    /** Runs in a transaction and a persistence context of its own; whatever ends it early leaves nothing behind. */
    protected <R> R inTransaction(Function<EntityManager, R> work) {
        try (EntityManager em = stack.factory().createEntityManager()) {
            em.getTransaction().begin();
            try {
                R result = work.apply(em);
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    /** Does what another writer would do, to its commit. */
    protected void meanwhile(Consumer<EntityManager> work) {
        inTransaction(em -> {
            work.accept(em);
            return em;
        });
    }

    /** Serves a write: the work in one transaction, then what an edge does with what was thrown. */
    protected Served serve(ConditionalRequest request, Consumer<EntityManager> work) {
        try {
            meanwhile(work);
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    /** Does what an edge does with what was thrown. */
    protected static Served served(ConditionalRequest request, RuntimeException thrown) {
        return new Served(thrown, EDGE.translate(thrown, request, Occurrence.of(request.method(), "/")));
    }

    protected Served serve(Consumer<EntityManager> work) {
        return serve(request("POST", null), work);
    }

    /** How a request ended. */
    protected record Served(@Nullable RuntimeException thrown, Optional<Answer> answer) {
        /** Holds the answer's body against its schema. */
        public Served {
            answer.ifPresent(sent -> ProblemSchemas.check(sent.body()));
        }

        public boolean committed() {
            return thrown == null;
        }

        public int status() {
            return answer.map(Answer::status).orElse(committed() ? 200 : 500);
        }

        public String type() {
            return answer.orElseThrow().problem().type();
        }

        public @Nullable Object member(String name) {
            return answer.orElseThrow().problem().toMap().get(name);
        }

        public String body() {
            return answer.orElseThrow().problem().toAsciiJson();
        }
    }

    /** Does the same in several threads at once. */
    protected static <R> List<R> together(int threads, Callable<R> work) throws Exception {
        ExecutorService all = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<R>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(all.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> each : running) {
                results.add(each.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            all.shutdownNow();
        }
    }

    protected Document newDocument() {
        Document document = new Document(newId(), "first");
        meanwhile(em -> em.persist(document));
        return stored(document.getId());
    }

    protected Document stored(long id) {
        return inTransaction(em -> em.find(Document.class, id));
    }

    protected boolean isStored(long id) {
        return inTransaction(em -> em.createQuery("select count(d) from Document d where d.id = :id", Long.class)
                        .setParameter("id", id)
                        .getSingleResult())
                == 1;
    }

    protected EntityTag tagOf(long id) {
        return DOCUMENTS.tag(stored(id));
    }

    protected void renameMeanwhile(long id, String title) {
        meanwhile(em -> em.find(Document.class, id).rename(title));
    }
}
