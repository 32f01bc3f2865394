package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** What has a moment as its version, which this library talks people out of. */
@MappedSuperclass
public abstract class Dated {
    @Id
    private long id;

    @Column(length = 200)
    private @Nullable String title;

    @Version
    private @Nullable Timestamp changed;

    protected Dated() {}

    Dated(long id, String title) {
        this.id = id;
        this.title = title;
    }

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
