package dev.conflict.jpa.kit;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** An entity with a composite identifier. */
@Entity
public class Seat {
    @EmbeddedId
    private @Nullable SeatId id;

    private @Nullable String guest;

    @Version
    private long version;

    protected Seat() {}

    public Seat(long hall, int number) {
        id = new SeatId(hall, number);
    }

    public @Nullable SeatId getId() {
        return id;
    }

    public void take(String guest) {
        this.guest = guest;
    }

    public @Nullable String getGuest() {
        return guest;
    }

    public long getVersion() {
        return version;
    }
}
