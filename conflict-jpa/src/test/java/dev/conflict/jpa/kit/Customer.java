package dev.conflict.jpa.kit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** An entity with unique values and an identifier from the database. */
@Entity
@Table(
        uniqueConstraints = @UniqueConstraint(name = "uk_customer_email", columnNames = "email"),
        indexes = @Index(name = "uk_customer_nick", columnList = "nick desc", unique = true))
public class Customer {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(length = 4000)
    private @Nullable String email;

    @Column(length = 4000)
    private @Nullable String nick;

    private int credit;

    @Version
    private long version;

    protected Customer() {}

    public Customer(@Nullable String email, @Nullable String nick) {
        this.email = email;
        this.nick = nick;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setEmail(@Nullable String email) {
        this.email = email;
    }

    public void setNick(@Nullable String nick) {
        this.nick = nick;
    }

    public int getCredit() {
        return credit;
    }

    public void setCredit(int credit) {
        this.credit = credit;
    }
}
