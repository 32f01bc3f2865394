package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** An entity whose version is a moment, in a column of whole seconds: what this library talks people out of. */
@Entity
public class Stamp {
    @Id
    private long id;

    @Column(length = 200)
    private @Nullable String title;

    @Version
    private @Nullable Timestamp changed;

    protected Stamp() {}

    public @Nullable String getTitle() {
        return title;
    }

    public void rename(String title) {
        this.title = title;
    }

    public @Nullable Timestamp getChanged() {
        return changed;
    }
}
