package dev.conflict.jpa.kit;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An entity whose version is inherited, and read by a getter that nobody else may call. */
@Entity
@Access(AccessType.PROPERTY)
public class Booking extends Counted {
    private long id;
    private @Nullable String guest;
    private @Nullable BigDecimal price;
    private @Nullable Document contract;

    protected Booking() {}

    public Booking(long id, String guest, BigDecimal price) {
        this.id = id;
        this.guest = guest;
        this.price = price;
    }

    @Id
    public long getId() {
        return id;
    }

    protected void setId(long id) {
        this.id = id;
    }

    @Column(length = 200)
    public @Nullable String getGuest() {
        return guest;
    }

    public void setGuest(@Nullable String guest) {
        this.guest = guest;
    }

    public @Nullable BigDecimal getPrice() {
        return price;
    }

    public void setPrice(@Nullable BigDecimal price) {
        this.price = price;
    }

    @ManyToOne
    public @Nullable Document getContract() {
        return contract;
    }

    public void setContract(@Nullable Document contract) {
        this.contract = contract;
    }
}
