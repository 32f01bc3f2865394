package dev.conflict.databases;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** A versioned row. */
@Entity
public class Page {
    @Id
    private long id;

    private String title = "";

    @Version
    private long version;

    /** Creates an empty one; for the provider. */
    protected Page() {}

    Page(long id) {
        this.id = id;
    }

    void rename(String newTitle) {
        title = newTitle;
    }

    /** Returns the title. */
    public String title() {
        return title;
    }

    /** Returns the key and the version. */
    @Override
    public String toString() {
        return id + "@" + version;
    }
}
