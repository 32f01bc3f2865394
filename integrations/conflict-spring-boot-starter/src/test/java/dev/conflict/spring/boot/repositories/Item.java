package dev.conflict.spring.boot.repositories;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** An entity whose identifier the application assigns; without a version, Spring Data takes it for new. */
@Entity
public class Item {
    @Id
    private long id;

    @Version
    private @Nullable Long version;

    private String title = "";
    private String kind = "note";

    protected Item() {}

    Item(long id, @Nullable Long version, String title) {
        this.id = id;
        this.version = version;
        this.title = title;
    }

    public long getId() {
        return id;
    }

    public @Nullable Long getVersion() {
        return version;
    }

    public String getTitle() {
        return title;
    }

    public String getKind() {
        return kind;
    }

    void rename(String title) {
        this.title = title;
    }
}
