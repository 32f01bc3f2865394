package dev.conflict.example;

import dev.conflict.ConflictException;
import dev.conflict.Revision;
import dev.conflict.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;

/** Something that can be ordered while there is any of it. */
@Entity
@Table(name = "products", uniqueConstraints = @UniqueConstraint(name = "uk_products_sku", columnNames = "sku"))
public class Product implements Versioned {
    /** How many characters a number or a name may have. */
    static final int NAME = 255;

    @Id
    @GeneratedValue
    private long id;

    @Version
    private long version;

    @Column(nullable = false, updatable = false, length = NAME)
    private String sku = "";

    @Column(nullable = false, length = NAME)
    private String name = "";

    @Column(nullable = false)
    private long stock;

    /** For the persistence provider. */
    protected Product() {}

    Product(String sku, String name, long stock) {
        this.sku = sku;
        write(name, stock);
    }

    long id() {
        return id;
    }

    @Override
    public Revision version() {
        return Revision.of(version);
    }

    final void write(String newName, long newStock) {
        this.name = newName;
        this.stock = newStock;
    }

    /** Takes pieces out of the stock: 409 OUT_OF_STOCK if there are fewer. */
    void take(long pieces) {
        if (pieces > stock) {
            throw ConflictException.state("OUT_OF_STOCK")
                    .action("order")
                    .with("stock", stock)
                    .detail("There are " + stock + " pieces left.")
                    .suggest("Order fewer, or later.");
        }
        stock -= pieces;
    }

    void putBack(long pieces) {
        stock += pieces;
    }

    View view() {
        return new View(id, sku, name, stock);
    }

    /** What a client sees. */
    record View(long id, String sku, String name, long stock) {}
}
