package dev.conflict.jpa.kit;

import jakarta.persistence.Entity;

/** Dated in a column of milliseconds. */
@Entity
public class Tick extends Dated {
    protected Tick() {}

    public Tick(long id, String title) {
        super(id, title);
    }
}
