package dev.conflict.jpa.kit;

import jakarta.persistence.Entity;

/** Dated in a column of whole seconds. */
@Entity
public class Stamp extends Dated {
    protected Stamp() {}

    public Stamp(long id, String title) {
        super(id, title);
    }
}
