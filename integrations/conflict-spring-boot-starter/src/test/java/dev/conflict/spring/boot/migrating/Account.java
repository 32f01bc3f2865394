package dev.conflict.spring.boot.migrating;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;

/** An entity with a unique name. */
@Entity
@Table(uniqueConstraints = @UniqueConstraint(name = "account_name", columnNames = "name"))
public class Account {
    @Id
    private long id;

    @Column(nullable = false)
    private String name = "";

    protected Account() {}

    Account(long id, String name) {
        this.id = id;
        this.name = name;
    }

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }
}
