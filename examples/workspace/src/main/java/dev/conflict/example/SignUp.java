package dev.conflict.example;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** Somebody's wish for an account, until he shows that the address is his. */
@Entity
public class SignUp {
    /** What only the mail to the address tells. */
    @Id
    private UUID token = new UUID(0, 0);

    @Column(nullable = false, length = User.NAME)
    private String email = "";

    @Column(nullable = false, length = User.NAME)
    private String username = "";

    /** For the persistence provider. */
    protected SignUp() {}

    SignUp(String email, String username) {
        this.token = UUID.randomUUID();
        this.email = email;
        this.username = username;
    }

    UUID token() {
        return token;
    }

    String email() {
        return email;
    }

    String username() {
        return username;
    }
}
