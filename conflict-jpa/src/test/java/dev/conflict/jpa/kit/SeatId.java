package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A composite identifier without a text of its own. */
@Embeddable
public class SeatId implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "hall")
    private long hall;

    @Column(name = "number")
    private int number;

    public SeatId() {} // EclipseLink calls it

    public SeatId(long hall, int number) {
        this.hall = hall;
        this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeatId that && hall == that.hall && number == that.number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(hall, number);
    }
}
