package dev.conflict.jpa.kit;

import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** An entity that tells its version itself. */
@Entity
public class Memo implements Versioned {
    @Id
    private @Nullable String id;

    private @Nullable String text;

    @Version
    private @Nullable Integer version;

    protected Memo() {}

    public Memo(String id, String text) {
        this.id = id;
        this.text = text;
    }

    public void write(String text) {
        this.text = text;
    }

    public @Nullable String getText() {
        return text;
    }

    public @Nullable Integer getVersion() {
        return version;
    }

    @Override
    public Revision version() {
        return Revision.from(version == null ? "none" : version);
    }
}
