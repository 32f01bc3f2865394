package dev.conflict.jpa.kit;

import jakarta.persistence.Entity;

/** A document of a class of its own. */
@Entity
public class Invoice extends Document {
    protected Invoice() {}

    public Invoice(long id, String title) {
        super(id, title);
    }
}
