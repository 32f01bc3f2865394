package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The version is found by the mapping, wherever it stands in the class and however the provider reads it. */
public abstract class MetamodelContract extends Kit {
    private <T> EntityVersions<T> versions(Class<T> type) {
        return EntityVersions.of(type, stack.factory());
    }

    @Test
    void fieldOfTheEntityIsRead() {
        Document document = newDocument();

        assertThat(versions(Document.class).tag(document)).isEqualTo(DOCUMENTS.tag(document));
    }

    @Test
    void fieldOfASuperclassIsRead() {
        long id = newId();
        meanwhile(em -> em.persist(new Invoice(id, "first")));
        renameMeanwhile(id, "second");

        Invoice invoice = inTransaction(em -> em.find(Invoice.class, id));

        assertThat(versions(Invoice.class).tag(invoice)).isEqualTo(tagOf(id));
    }

    @Test
    void getterOfAMappedSuperclassIsCalledThoughItIsNotPublic() {
        EntityVersions<Booking> bookings = versions(Booking.class);
        long id = newId();
        meanwhile(em -> em.persist(new Booking(id, "first", BigDecimal.ONE)));
        EntityTag seen = inTransaction(em -> bookings.tag(em.find(Booking.class, id)));
        ConditionalRequest first = request("PATCH", seen);
        ConditionalRequest late = request("PATCH", seen);

        Served won = serve(first, em -> bookings.find(em, id, first).setGuest("mine"));
        Served lost = serve(late, em -> bookings.find(em, id, late).setGuest("late"));

        assertThat(won.committed()).isTrue();
        assertThat(lost.status()).isEqualTo(412);
        assertThat(lost.member("currentEtag")).isNotEqualTo(seen.toString());
    }

    @Test
    void entityWithACompositeIdentifierHasItsVersionRead() {
        long hall = newId();
        meanwhile(em -> em.persist(new Seat(hall, 7)));

        Seat seat = inTransaction(em -> em.find(Seat.class, new SeatId(hall, 7)));

        assertThat(versions(Seat.class).tag(seat)).isEqualTo(EntityTag.from(Revision.of(seat.getVersion())));
    }

    @Test
    void proxyHasTheVersionOfItsRow() {
        Document document = newDocument();
        renameMeanwhile(document.getId(), "second");

        EntityTag tag =
                inTransaction(em -> versions(Document.class).tag(em.getReference(Document.class, document.getId())));

        assertThat(tag).isEqualTo(tagOf(document.getId()));
    }

    @Test
    void proxyIsGuardedLikeItsRow() {
        Document document = newDocument();
        EntityVersions<Document> documents = versions(Document.class);
        ConditionalRequest request = request("PATCH", tagOf(document.getId()));

        Served served = serve(request, em -> {
            Document proxy = em.getReference(Document.class, document.getId());
            documents.check(em, proxy, request);
            renameMeanwhile(document.getId(), "theirs");
            proxy.rename("mine");
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void proxyOfARowThatIsGoneFailsAsTheProviderSays() {
        try (EntityManager em = stack.factory().createEntityManager()) {
            assertThatThrownBy(() -> versions(Document.class).tag(em.getReference(Document.class, -5L)))
                    .isInstanceOf(jakarta.persistence.EntityNotFoundException.class);
        }
    }

    @Test
    void typeWithoutAVersionIsRefusedAtOnce() {
        assertThatThrownBy(() -> versions(Tally.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Tally.class.getName())
                .hasMessageContaining("no @Version attribute");
    }

    @Test
    void typeThatIsNoEntityIsRefusedAtOnce() {
        assertThatThrownBy(() -> versions(String.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
