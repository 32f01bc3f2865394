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
    /** How many characters a title may have. */
    static final int TITLE = 255;

    /** How many characters a text may have. */
    static final int TEXT = 100_000;

    @Id
    @GeneratedValue
    private long id;

    @Version
    private long version;

    @Column(nullable = false, length = TITLE)
    private String title = "";

    @Column(nullable = false, length = TEXT)
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
