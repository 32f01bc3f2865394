package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.kit.LostRaceContract.Phase;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PUTs that create: the primary key is the only atomic guard, and what it says has to become what was stated. */
public abstract class CreationRaceContract extends Kit {
    private static final EntityVersions<Product> PRODUCTS =
            EntityVersions.of(Product.class, Product::getVersion).lastModified(Product::getChanged);

    private static final int WRITERS = 8;
    private static final int ROUNDS = 10;

    private static ConditionalRequest put(String header, String value) {
        FieldLines fields = name -> name.equalsIgnoreCase(header) ? Collections.enumeration(List.of(value)) : null;
        return ConditionalRequest.of("PUT", fields, Preconditions.required());
    }

    private static ConditionalRequest creating() {
        return put("If-None-Match", "*");
    }

    private static String sku() {
        return "sku-" + newId();
    }

    private static void create(EntityManager em, long id, String sku, ConditionalRequest request) {
        assertThat(PRODUCTS.findForPut(em, id, request)).isEmpty();
        em.persist(new Product(id, sku));
    }

    private void createMeanwhile(long id, String sku) {
        meanwhile(em -> em.persist(new Product(id, sku)));
    }

    private Product product(long id) {
        return inTransaction(em -> em.find(Product.class, id));
    }

    private static void assertExistsMeanwhile(Served served, Product present) {
        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(412);
        assertThat(served.member("code")).isEqualTo("PRECONDITION_FAILED");
        assertThat(served.member("header")).isEqualTo("If-None-Match");
        assertThat(served.member("currentEtag")).isEqualTo(PRODUCTS.tag(present).toString());
    }

    @Test
    void nothingThereIsCreated() {
        long id = newId();
        ConditionalRequest request = creating();
        Served served = serve(request, em -> create(em, id, sku(), request));
        assertThat(served.committed()).isTrue();
        assertThat(product(id)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void creationThatAnotherWriterWonIs412WithTheTagThatIsThereNow(Phase phase) {
        long id = newId();
        ConditionalRequest request = creating();
        Served served = serve(request, em -> {
            assertThat(PRODUCTS.findForPut(em, id, request)).isEmpty();
            createMeanwhile(id, "theirs-" + id);
            em.persist(new Product(id, "mine-" + id));
            phase.reach(em);
        });
        assertExistsMeanwhile(served, product(id));
        assertThat(product(id).getSku()).isEqualTo("theirs-" + id);
    }

    @ParameterizedTest
    @EnumSource
    void lostCreationThatNobodyStatedIs409(Phase phase) {
        long id = newId();
        ConditionalRequest request = put("Accept", "*/*");
        Served served = serve(request, em -> {
            assertThat(PRODUCTS.findForPut(em, id, request)).isEmpty();
            createMeanwhile(id, sku());
            em.persist(new Product(id, sku()));
            phase.reach(em);
        });
        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
        assertThat(served.body()).doesNotContain("Etag");
    }

    @ParameterizedTest
    @EnumSource
    void anotherTakenValueStays409(Phase phase) {
        String taken = sku();
        createMeanwhile(newId(), taken);
        long id = newId();
        ConditionalRequest request = creating();
        Served served = serve(request, em -> {
            create(em, id, taken, request);
            phase.reach(em);
        });
        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
        assertThat(served.member("code")).isEqualTo("SKU_TAKEN");
        assertThat(served.member("conflictingField")).isEqualTo("sku");
    }

    @Test
    void whatExistsAlreadyIsNotCreatedAgain() {
        long id = newId();
        createMeanwhile(id, sku());
        ConditionalRequest request = creating();
        Served served = serve(request, em -> PRODUCTS.findForPut(em, id, request));
        assertExistsMeanwhile(served, product(id));
    }

    @Test
    void whatExistsIsReplacedUnderItsTag() {
        long id = newId();
        createMeanwhile(id, sku());
        ConditionalRequest request = put("If-Match", PRODUCTS.tag(product(id)).toString());
        Served served = serve(
                request,
                em -> PRODUCTS.findForPut(em, id, request).orElseThrow().setSku("new-" + id));
        assertThat(served.committed()).isTrue();
        assertThat(product(id).getSku()).isEqualTo("new-" + id);
    }

    @Test
    void tagOfSomethingThatIsGoneIs412() {
        ConditionalRequest request = put("If-Match", "\"1-7\"");
        Served served = serve(request, em -> PRODUCTS.findForPut(em, newId(), request));
        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("code")).isEqualTo("VERSION_MISMATCH");
    }

    @Test
    void oneOfManyCreatesAndTheOthersLearnTheTag() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long id = newId();
                List<Served> all = race(writers, id);
                assertThat(all).filteredOn(Served::committed).hasSize(1);
                Product present = product(id);
                assertThat(all)
                        .filteredOn(served -> !served.committed())
                        .allSatisfy(served -> assertExistsMeanwhile(served, present));
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private List<Served> race(ExecutorService writers, long id) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Served>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String sku = "race-" + id + "-" + i;
            running.add(writers.submit(() -> {
                ConditionalRequest request = creating();
                start.await(30, TimeUnit.SECONDS);
                return serve(request, em -> {
                    Optional<Product> found = PRODUCTS.findForPut(em, id, request);
                    if (found.isEmpty()) {
                        em.persist(new Product(id, sku));
                    }
                });
            }));
        }
        List<Served> all = new ArrayList<>();
        for (Future<Served> each : running) {
            all.add(each.get(60, TimeUnit.SECONDS));
        }
        return all;
    }

    @Test
    void dateIsHeldAgainstTheEntitysOwn() {
        long id = newId();
        Instant changed = Instant.parse("2026-11-23T12:00:00.5Z");
        meanwhile(em -> {
            Product product = new Product(id, sku());
            product.setChanged(changed);
            em.persist(product);
        });

        ConditionalRequest stale = put("If-Unmodified-Since", "Mon, 23 Nov 2026 11:59:59 GMT");
        Served served = serve(stale, em -> PRODUCTS.find(em, id, stale));
        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("code")).isEqualTo("VERSION_MISMATCH");
        assertThat(served.member("requestedEtag")).isNull();
        assertThat(served.member("currentEtag"))
                .isEqualTo(PRODUCTS.tag(product(id)).toString());

        ConditionalRequest current = put("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT");
        current.under(Preconditions.required().acceptingDates());
        Served lost = serve(current, em -> {
            Product mine = PRODUCTS.find(em, id, current);
            meanwhile(other -> other.find(Product.class, id).setSku("theirs-" + id));
            mine.setSku("mine-" + id);
        });
        assertThat(lost.status()).isEqualTo(412);
        assertThat(lost.member("currentEtag"))
                .isEqualTo(PRODUCTS.tag(product(id)).toString());
        assertThat(product(id).getSku()).isEqualTo("theirs-" + id);
    }

    @Test
    void undatedEntityIgnoresDates() {
        long id = newId();
        createMeanwhile(id, sku());
        ConditionalRequest request = put("If-Unmodified-Since", "Mon, 23 Nov 1970 11:59:59 GMT");
        request.under(Preconditions.optional());
        assertThat(serve(request, em -> PRODUCTS.find(em, id, request)).committed())
                .isTrue();
    }

    /** RFC 9110 §13.1.1: the answer to the first attempt got lost, and the second finds its own work. */
    @Test
    void writeThatAppearsAppliedNeedNotBeRepeated() {
        long id = newId();
        createMeanwhile(id, sku());
        String before = PRODUCTS.tag(product(id)).toString();
        meanwhile(em -> em.find(Product.class, id).setSku("mine-" + id));

        ConditionalRequest again = put("If-Match", before);
        boolean carryOut = inTransaction(em -> {
            Product product = em.find(Product.class, id);
            return PRODUCTS.checkOrApplied(em, product, again, () -> ("mine-" + id).equals(product.getSku()));
        });
        assertThat(carryOut).isFalse();

        ConditionalRequest other = put("If-Match", before);
        assertThat(catchThrowableOfType(
                        ConflictException.VersionMismatch.class,
                        () -> inTransaction(
                                em -> PRODUCTS.checkOrApplied(em, em.find(Product.class, id), other, () -> false))))
                .isNotNull();
    }
}
