package dev.conflict.example;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;

/** Something that a customer ordered. */
@Entity
@Table(name = "orders")
public class Order {
    @Id
    @GeneratedValue
    private long id;

    /** Has two clicks in the same moment change the status once. */
    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private OrderStatus status = OrderStatus.NEW;

    /** For the persistence provider and for a new order. */
    protected Order() {}

    static Order taken() {
        return new Order();
    }

    long version() {
        return version;
    }

    OrderStatus status() {
        return status;
    }

    void become(OrderStatus next) {
        this.status = next;
    }

    View view() {
        return new View(id, status, Orders.STATES.actions(status));
    }

    /** What a client sees: the order, and what can be done with it now. */
    record View(long id, OrderStatus status, List<String> actions) {}
}
