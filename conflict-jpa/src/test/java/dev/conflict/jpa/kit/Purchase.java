package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** An entity that refers to customers by their identifiers, so that only the database looks after them. */
@Entity
public class Purchase {
    @Id
    private long id;

    @Column(name = "customer_id")
    private @Nullable Long customer;

    @Column(name = "sponsor_id")
    private @Nullable Long sponsor;

    protected Purchase() {}

    public Purchase(long id, @Nullable Long customer, @Nullable Long sponsor) {
        this.id = id;
        this.customer = customer;
        this.sponsor = sponsor;
    }
}
