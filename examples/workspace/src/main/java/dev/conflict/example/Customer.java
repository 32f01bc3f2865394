package dev.conflict.example;

import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** Somebody who orders. The version stands for the customer with all orders. */
@Entity
public class Customer implements Versioned {
    /** How many characters a name may have. */
    static final int NAME = 255;

    @Id
    @GeneratedValue
    private long id;

    @Version
    private long version;

    @Column(nullable = false, length = NAME)
    private String name = "";

    /** For the persistence provider. */
    protected Customer() {}

    Customer(String name) {
        this.name = name;
    }

    long id() {
        return id;
    }

    @Override
    public Revision version() {
        return Revision.of(version);
    }

    View view(long orders) {
        return new View(id, name, orders);
    }

    /** What a client sees: the customer, and how many orders there are. */
    record View(long id, String name, long orders) {}
}
