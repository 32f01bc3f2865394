package dev.conflict.example;

import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** A text that several people edit. */
@Entity
public class Document implements Versioned {
    @Id
    @GeneratedValue
    private long id;

    @Version
    private long version;

    @Column(nullable = false)
    private String title = "";

    @Column(nullable = false, length = 100_000)
    private String text = "";

    /** For the persistence provider. */
    protected Document() {}

    Document(String title, String text) {
        write(title, text);
    }

    @Override
    public Revision version() {
        return Revision.of(version);
    }

    final void write(String newTitle, String newText) {
        this.title = newTitle;
        this.text = newText;
    }

    View view() {
        return new View(id, title, text);
    }

    /** What a client sees. */
    record View(long id, String title, String text) {}
}
