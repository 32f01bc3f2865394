package dev.conflict.example;

import dev.conflict.ConflictException;
import dev.conflict.Details.Member;
import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a customer ordered. */
@Entity
@Table(name = "orders", check = @CheckConstraint(name = "ck_orders_quantity", constraint = "quantity > 0"))
public class Order {
    @Id
    @GeneratedValue
    private long id;

    /** Has two clicks in the same moment change the status once. */
    @Version
    private long version;

    @ManyToOne(optional = false)
    @JoinColumn(name = "customer_id", foreignKey = @ForeignKey(name = "fk_orders_customer"))
    private Customer customer;

    @ManyToOne(optional = false)
    @JoinColumn(name = "product_id", updatable = false, foreignKey = @ForeignKey(name = "fk_orders_product"))
    private Product product;

    @Column(nullable = false, updatable = false)
    private long quantity;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private OrderStatus status = OrderStatus.NEW;

    @Embedded
    private @Nullable Decision decision;

    /** For the persistence provider, which fills it. */
    @SuppressWarnings("NullAway.Init")
    protected Order() {}

    Order(Customer customer, Product product, long quantity) {
        this.customer = customer;
        this.product = product;
        this.quantity = quantity;
    }

    long version() {
        return version;
    }

    Customer customer() {
        return customer;
    }

    OrderStatus status() {
        return status;
    }

    void become(OrderStatus next) {
        this.status = next;
    }

    /** Puts back into the stock what was taken out of it. */
    void putBack() {
        product.putBack(quantity);
    }

    /** Has the order become what its state refuses, because somebody who may do so decided it. */
    void become(OrderStatus next, Decision by) {
        this.decision = by;
        become(next);
    }

    void moveTo(Customer another) {
        this.customer = another;
    }

    View view() {
        Map<String, String> disabled = Orders.STATES.refusals(status).stream()
                .collect(Collectors.toMap(
                        refusal -> told(refusal, Member.ATTEMPTED_ACTION), refusal -> told(refusal, Member.DETAIL)));
        return new View(
                id,
                customer.id(),
                product.id(),
                quantity,
                status,
                Orders.STATES.actions(status),
                disabled,
                decision == null ? null : decision.view());
    }

    private static String told(ConflictException.State refusal, Member member) {
        return refusal.details().text(member).orElse("");
    }

    /** What a client sees: the order, what can be done with it now, what cannot and why, and who decided otherwise. */
    record View(
            long id,
            long customer,
            long product,
            long quantity,
            OrderStatus status,
            List<String> actions,
            Map<String, String> disabled,
            Decision.@Nullable View decision) {}
}
