package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who lost is shown what is there, field by field, if the application says which fields he may see. */
public abstract class ShownContract extends Kit {
    private long id;

    @SuppressWarnings("NullAway.Init") // before each test
    private EntityVersions<Booking> bookings;

    @SuppressWarnings("NullAway.Init") // before each test
    private EntityTag seen;

    @BeforeEach
    void book() {
        id = newId();
        bookings = EntityVersions.of(Booking.class, stack.factory());
        meanwhile(em -> em.persist(new Booking(id, "Ada", new BigDecimal("10.50"))));
        seen = inTransaction(em -> bookings.tag(em.find(Booking.class, id)));
    }

    private void rebook(@Nullable String guest, String price) {
        meanwhile(em -> {
            Booking booking = em.find(Booking.class, id);
            booking.setGuest(guest);
            booking.setPrice(new BigDecimal(price));
        });
    }

    /** Somebody else writes between the comparison and the commit. */
    private Served race(
            EntityVersions<Booking> versions, ConditionalRequest request, Runnable theirs, Consumer<Booking> mine) {
        return serve(request, em -> {
            Booking managed = versions.find(em, id, request);
            theirs.run();
            mine.accept(managed);
        });
    }

    private static Map<String, @Nullable Object> clash(
            String field, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        Map<String, @Nullable Object> clash = new LinkedHashMap<>();
        clash.put("field", field);
        clash.put("pointer", "/" + field);
        clash.put("base", base);
        clash.put("mine", mine);
        clash.put("theirs", theirs);
        return clash;
    }

    @Test
    void whoComesTooLateIsShownWhatIsThere() {
        rebook("Grace", "12.00");
        ConditionalRequest request = request("PATCH", seen);

        Served served = serve(
                request, em -> bookings.showing("guest").find(em, id, request).setGuest("Linus"));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("current")).isEqualTo(Map.of("guest", "Grace"));
        assertThat(served.member("conflicts")).isNull();
        assertThat(served.member("currentEtag")).isNotNull();
    }

    @Test
    void whoLosesTheRaceIsShownWhatBothChanged() {
        ConditionalRequest request = request("PATCH", seen);

        Served served = race(bookings.showing("guest", "price"), request, () -> rebook("Grace", "10.50"), mine -> {
            mine.setGuest("Linus");
            mine.setPrice(new BigDecimal("11"));
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("conflicts")).isEqualTo(List.of(clash("guest", "Ada", "Linus", "Grace")));
        assertThat(served.member("current"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("guest", "Grace")
                .containsOnlyKeys("guest", "price");
    }

    @Test
    void fieldsThatOneAloneChangedOrBothAlikeAreNoConflict() {
        ConditionalRequest request = request("PATCH", seen);

        Served served = race(
                bookings.showing("guest", "price"),
                request,
                () -> rebook("Grace", "10.5"),
                mine -> mine.setGuest("Grace"));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("conflicts")).isNull();
        assertThat(served.member("current")).isNotNull();
    }

    @Test
    void valueThatIsNullIsToldApartFromOneThatIsMissing() {
        ConditionalRequest request = request("PATCH", seen);

        Served served =
                race(bookings.showing("guest"), request, () -> rebook(null, "10.50"), mine -> mine.setGuest("Linus"));

        assertThat(served.member("conflicts")).isEqualTo(List.of(clash("guest", "Ada", "Linus", null)));
        assertThat(served.body()).contains("\"theirs\":null");
    }

    @Test
    void fieldsThatNobodyNamedAreNeverShown() {
        ConditionalRequest race = request("PATCH", seen);
        Served lost = race(bookings.showing("price"), race, () -> rebook("Secret Guest", "12.00"), mine -> {
            mine.setGuest("My Secret");
            mine.setPrice(new BigDecimal("13"));
        });
        ConditionalRequest late = request("PATCH", seen);
        Served refused = serve(late, em -> bookings.find(em, id, late));

        assertThat(lost.body()).doesNotContain("Secret", "Ada", "guest");
        assertThat(lost.member("conflicts")).isNotNull();
        assertThat(refused.body()).doesNotContain("Secret", "current\"", "conflicts", "price");
    }

    @Test
    void callerWhoMayNotReadIsShownNothing() {
        ConditionalRequest race = request("PATCH", seen).withholdCurrent();
        Served lost =
                race(bookings.showing("guest"), race, () -> rebook("Grace", "12.00"), mine -> mine.setGuest("Linus"));
        ConditionalRequest late = request("PATCH", seen).withholdCurrent();
        Served refused = serve(late, em -> bookings.showing("guest").find(em, id, late));

        assertThat(List.of(lost, refused)).allSatisfy(served -> {
            assertThat(served.status()).isEqualTo(412);
            assertThat(served.body()).doesNotContain("Grace", "Ada", "currentEtag", "\"current\"", "conflicts");
        });
    }

    @Test
    void versionInTheBodyThatIsRefusedIsAnsweredWithWhatIsThere() {
        Served served = serve(em -> bookings.showing("guest").check(em, em.find(Booking.class, id), Revision.of(99)));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.member("current")).isEqualTo(Map.of("guest", "Ada"));
    }

    private Revision presentVersion() {
        return Revision.from(
                inTransaction(em -> em.createQuery("select b.revision from Booking b where b.id = :id", Object.class)
                        .setParameter("id", id)
                        .getSingleResult()));
    }

    private Served raceUnderAVersionInTheBody(ConditionalRequest request, Consumer<Booking> mine) {
        Revision stated = presentVersion();
        return serve(request, em -> {
            Booking managed = em.find(Booking.class, id);
            bookings.showing("guest", "price").check(em, managed, stated, request);
            rebook("Grace", "10.50");
            mine.accept(managed);
        });
    }

    @Test
    void raceThatIsLostUnderAVersionInTheBodyIsAnsweredWithWhatBothChanged() {
        Served served = raceUnderAVersionInTheBody(request("POST", null), mine -> {
            mine.setGuest("Linus");
            mine.setPrice(new BigDecimal("11"));
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).isEqualTo("urn:problem-type:conflict:version-mismatch");
        assertThat(served.member("requestedVersion")).isNotNull();
        assertThat(served.member("currentVersion")).isNotNull().isNotEqualTo(served.member("requestedVersion"));
        assertThat(served.member("conflicts")).isEqualTo(List.of(clash("guest", "Ada", "Linus", "Grace")));
    }

    @Test
    void runUnderAVersionInTheBodyEndsWithItsFirstLostRace() {
        ConditionalRequest request = request("POST", null);
        Revision stated = presentVersion();
        List<Integer> attempts = new ArrayList<>();

        RuntimeException lost = catchRuntimeException(() -> ConflictTransactions.of(stack.factory())
                .run(request, em -> {
                    attempts.add(attempts.size());
                    Booking managed = em.find(Booking.class, id);
                    bookings.showing("guest").check(em, managed, stated, request);
                    rebook("Grace", "10.50");
                    managed.setGuest("Linus");
                    return managed;
                }));

        assertThat(attempts).hasSize(1);
        assertThat(served(request, lost).member("conflicts"))
                .isEqualTo(List.of(clash("guest", "Ada", "Linus", "Grace")));
    }

    @Test
    void callerWhoMayNotReadIsShownNothingUnderAVersionInTheBodyEither() {
        ConditionalRequest late = request("POST", null).withholdCurrent();
        Served refused = serve(
                late, em -> bookings.showing("guest").check(em, em.find(Booking.class, id), Revision.of(99), late));
        Served lost =
                raceUnderAVersionInTheBody(request("POST", null).withholdCurrent(), mine -> mine.setGuest("Linus"));

        assertThat(List.of(refused, lost)).allSatisfy(served -> {
            assertThat(served.status()).isEqualTo(409);
            assertThat(served.body())
                    .doesNotContain("Grace", "Ada", "Linus", "currentVersion", "\"current\"", "conflicts");
        });
    }

    @Test
    void anotherRowsRaceUnderAVersionInTheBodyShowsNothing() {
        Document other = newDocument();
        ConditionalRequest request = request("POST", null);
        Revision stated = presentVersion();

        Served served = serve(request, em -> {
            Booking managed = em.find(Booking.class, id);
            bookings.showing("guest").check(em, managed, stated, request);
            Document also = em.find(Document.class, other.getId());
            renameMeanwhile(other.getId(), "theirs");
            also.rename("mine");
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.body()).doesNotContain("Ada", "\"current\"", "conflicts", "requestedVersion");
    }

    @Test
    void rowThatIsGoneShowsNothing() {
        ConditionalRequest request = request("PATCH", seen);

        Served served = race(
                bookings.showing("guest"),
                request,
                () -> meanwhile(em -> em.remove(em.find(Booking.class, id))),
                mine -> mine.setGuest("Linus"));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.body()).doesNotContain("\"current\"", "conflicts", "Linus");
    }

    @Test
    void successAndAnotherRowsConflictShowNothing() {
        Document other = newDocument();
        ConditionalRequest request = request("PATCH", seen);

        Served served = serve(request, em -> {
            bookings.showing("guest").find(em, id, request).setGuest("Linus");
            Document managed = em.find(Document.class, other.getId());
            renameMeanwhile(other.getId(), "theirs");
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.body()).doesNotContain("Ada", "Linus", "\"current\"", "conflicts");
    }

    @Test
    void namesThatAreNoPlainAttributesAreRefused() {
        for (String wrong : Arrays.asList("gest", "contract", "")) {
            ConditionalRequest request = request("PATCH", seen);

            assertThatThrownBy(() -> inTransaction(
                            (EntityManager em) -> bookings.showing(wrong).find(em, id, request)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Booking.class.getName() + " has no plain attribute \"" + wrong + '"');
        }
    }
}
