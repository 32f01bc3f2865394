package dev.conflict.example;

import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something to be done, once it is approved. */
@Entity
public class Task implements Versioned {
    /** How many characters a title may have. */
    static final int TITLE = 255;

    /** How many characters an information may have. */
    static final int INFORMATION = 1000;

    @Id
    @GeneratedValue
    private long id;

    @Version
    private long version;

    @Column(nullable = false, length = TITLE)
    private String title = "";

    @Column(nullable = false)
    private boolean informationMandatory;

    @Column(length = INFORMATION)
    private @Nullable String information;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private TaskStatus status = TaskStatus.PENDING_REVIEW;

    /** For the persistence provider. */
    protected Task() {}

    Task(String title, boolean informationMandatory) {
        this.title = title;
        this.informationMandatory = informationMandatory;
    }

    @Override
    public Revision version() {
        return Revision.of(version);
    }

    TaskStatus status() {
        return status;
    }

    void become(TaskStatus next) {
        this.status = next;
    }

    void inform(String text) {
        this.information = text;
    }

    boolean isInformed() {
        return !informationMandatory || information != null;
    }

    View view() {
        return new View(id, title, informationMandatory, information, status, Tasks.STATES.actions(status));
    }

    /** What a client sees. */
    record View(
            long id,
            String title,
            boolean informationMandatory,
            @Nullable String information,
            TaskStatus status,
            List<String> actions) {}
}
