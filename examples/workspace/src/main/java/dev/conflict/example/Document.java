package dev.conflict.example;

import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

    /** For clients that know a version by its date. The database compares the number, which no clock can set back. */
    @Column(nullable = false)
    private Instant modified = Instant.EPOCH;

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

    Instant modified() {
        return modified;
    }

    final void write(String newTitle, String newText) {
        this.title = newTitle;
        this.text = newText;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS); // what the column keeps
        this.modified =
                now.isAfter(modified) ? now : modified.plus(1, ChronoUnit.MICROS); // no two versions have one date
    }

    final void rename(String newTitle) {
        write(newTitle, text);
    }

    View view() {
        return new View(id, version, modified.toString(), title, text);
    }

    /** What a client sees. */
    record View(long id, long version, String modified, String title, String text) {}
}
