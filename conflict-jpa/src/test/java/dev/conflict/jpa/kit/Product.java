package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A versioned entity that a PUT creates under an identifier of the client's, with a unique value besides. */
@Entity
public class Product {
    @Id
    private long id;

    @Column(length = 40)
    private @Nullable String sku;

    /** In milliseconds, as EclipseLink 4 has no moments. */
    private @Nullable Long changed;

    @Version
    private long version;

    protected Product() {}

    public Product(long id, String sku) {
        this.id = id;
        this.sku = sku;
    }

    public @Nullable String getSku() {
        return sku;
    }

    public void setSku(String sku) {
        this.sku = sku;
    }

    public @Nullable Instant getChanged() {
        return changed == null ? null : Instant.ofEpochMilli(changed);
    }

    public void setChanged(Instant changed) {
        this.changed = changed.toEpochMilli();
    }

    public long getVersion() {
        return version;
    }
}
