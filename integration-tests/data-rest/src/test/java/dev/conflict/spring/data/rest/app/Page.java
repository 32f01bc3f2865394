package dev.conflict.spring.data.rest.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A page that says itself under which number it stands, and how often it was read. */
@Entity
public class Page {
    @Id
    private @Nullable Long id;

    @Version
    private @Nullable Integer version;

    private long views;
    private @Nullable String text;

    @ManyToOne
    private @Nullable Page next;

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public @Nullable Integer getVersion() {
        return version;
    }

    public void setVersion(@Nullable Integer version) {
        this.version = version;
    }

    public long getViews() {
        return views;
    }

    public void setViews(long views) {
        this.views = views;
    }

    public @Nullable String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text;
    }

    public @Nullable Page getNext() {
        return next;
    }

    public void setNext(@Nullable Page next) {
        this.next = next;
    }
}
