package dev.conflict.example;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;

/** Somebody who works here. */
@Entity
@Table(
        name = "users",
        uniqueConstraints = {
            @UniqueConstraint(name = "uk_users_email", columnNames = "email"),
            @UniqueConstraint(name = "uk_users_username", columnNames = "username")
        })
public class User {
    /** How many characters an address or a name may have. */
    static final int NAME = 255;

    @Id
    @GeneratedValue
    private long id;

    @Column(nullable = false, length = NAME)
    private String email = "";

    @Column(nullable = false, length = NAME)
    private String username = "";

    /** For the persistence provider. */
    protected User() {}

    User(String email, String username) {
        this.email = email;
        this.username = username;
    }

    View view() {
        return new View(id, email, username);
    }

    /** What a client sees. */
    record View(long id, String email, String username) {}
}
