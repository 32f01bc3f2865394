package dev.conflict.jpa.kit;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;

/** What counts its changes under another name than most, by a getter. */
@MappedSuperclass
@Access(AccessType.PROPERTY)
public abstract class Counted {
    private int changes;

    @Version
    protected int getRevision() {
        return changes;
    }

    protected void setRevision(int revision) {
        changes = revision;
    }
}
