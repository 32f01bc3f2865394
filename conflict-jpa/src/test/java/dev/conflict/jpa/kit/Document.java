package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A versioned entity with an assigned identifier, and the root of a hierarchy. */
@Entity
@Inheritance
@DiscriminatorColumn(name = "kind")
public class Document {
    @Id
    private long id;

    @Column(length = 200)
    private @Nullable String title;

    @Version
    private long version;

    protected Document() {}

    public Document(long id, String title) {
        this.id = id;
        this.title = title;
    }

    public long getId() {
        return id;
    }

    public @Nullable String getTitle() {
        return title;
    }

    public void rename(@Nullable String title) {
        this.title = title;
    }

    public long getVersion() {
        return version;
    }

    /** What an application must not do. */
    public void setVersion(long version) {
        this.version = version;
    }
}
