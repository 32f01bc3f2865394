package dev.conflict.data.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.time.Instant;
import org.springframework.data.annotation.LastModifiedDate;

/** A counter with a unique name. */
@Entity
public class Item {
    @Id
    @GeneratedValue
    private Long id;

    @Version
    private Long version;

    private long count;

    @Column(unique = true)
    private String name;

    @LastModifiedDate
    private Instant modified = Instant.parse("2026-01-01T00:00:00Z");

    /** For the persistence provider and for Jackson. */
    public Item() {}

    @PreUpdate
    void touch() {
        modified = modified.plusSeconds(1);
    }

    public Long getId() {
        return id;
    }

    public void setId(Long id) {
        this.id = id;
    }

    public Long getVersion() {
        return version;
    }

    public void setVersion(Long version) {
        this.version = version;
    }

    public long getCount() {
        return count;
    }

    public void setCount(long count) {
        this.count = count;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Instant getModified() {
        return modified;
    }

    public void setModified(Instant modified) {
        this.modified = modified;
    }
}
