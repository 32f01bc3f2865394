package dev.conflict.jpa.kit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity without a version. */
@Entity
public class Tally {
    @Id
    private long id;

    private long total;

    protected Tally() {}

    public Tally(long id) {
        this.id = id;
    }

    public long getTotal() {
        return total;
    }
}
