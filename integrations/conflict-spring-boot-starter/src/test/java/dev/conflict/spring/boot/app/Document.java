package dev.conflict.spring.boot.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** An entity with a version. */
@Entity
public class Document {
    @Id
    private long id;

    @Version
    private long version;

    @Column(unique = true)
    private String title = "";

    private String text = "";

    protected Document() {}

    Document(long id, String title) {
        this.id = id;
        this.title = title;
    }

    public long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    public String getTitle() {
        return title;
    }

    public String getText() {
        return text;
    }

    void rename(String title) {
        this.title = title;
    }

    void write(String text) {
        this.text = text;
    }
}
