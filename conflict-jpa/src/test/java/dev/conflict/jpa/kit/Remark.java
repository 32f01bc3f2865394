package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** A part of a document that the document's row does not know. */
@Entity
public class Remark {
    @Id
    private long id;

    @ManyToOne
    @JoinColumn(name = "document_id", foreignKey = @ForeignKey(name = "fk_remark_document"))
    private @Nullable Document document;

    @Column(length = 200, nullable = false)
    private @Nullable String text;

    protected Remark() {}

    public Remark(long id, Document document, String text) {
        this.id = id;
        this.document = document;
        this.text = text;
    }

    public @Nullable Document getDocument() {
        return document;
    }

    public @Nullable String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text;
    }
}
