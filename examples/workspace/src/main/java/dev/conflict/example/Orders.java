package dev.conflict.example;

import static dev.conflict.example.OrderStatus.CANCELLED;
import static dev.conflict.example.OrderStatus.NEW;
import static dev.conflict.example.OrderStatus.PAID;
import static dev.conflict.example.OrderStatus.RETURNED;
import static dev.conflict.example.OrderStatus.SHIPPED;

import dev.conflict.Conflicts;
import dev.conflict.StateMachine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.problem.ProblemException;
import jakarta.persistence.EntityManager;

/** Takes orders, and takes them through their states. */
final class Orders {
    static final StateMachine<OrderStatus> STATES = StateMachine.builder(OrderStatus.class)
            .allow("pay", NEW, PAID)
            .allow("ship", PAID, SHIPPED)
            .allow("return", SHIPPED, RETURNED)
            .allow("cancel", NEW, CANCELLED)
            .allow("cancel", PAID, CANCELLED)
            .refuse(
                    SHIPPED,
                    CANCELLED,
                    refusal -> refusal.code("ORDER_ALREADY_SHIPPED")
                            .detail("The order is on its way.")
                            .suggest("Open a return instead."))
            .refuse(
                    CANCELLED,
                    CANCELLED,
                    refusal -> refusal.code("ORDER_ALREADY_CANCELLED")
                            .detail("The order was cancelled before.")
                            .suggest("Nothing is left to do."))
            .build();

    private static final EntityVersions<Order> VERSIONS = EntityVersions.of(Order.class, Order::version);

    private final Store store;

    Orders(Store store) {
        this.store = store;
    }

    /**
     * Takes an order. Everybody's orders for a product want one row, its stock: whoever comes second tries again, and is
     * refused only where that cannot help.
     */
    Order.View take(long customerId, long productId, long quantity, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Customer customer = Customers.VERSIONS.find(em, customerId, request);
                    Conflicts.requireAll(
                            () -> Conflicts.requireReference("product", productId, it -> exists(em, Product.class, it)),
                            () -> Conflicts.requireRule("quantity", "positive", quantity, pieces -> pieces > 0));
                    Product product = em.find(Product.class, productId);
                    product.take(quantity);
                    Order order = new Order(customer, product, quantity);
                    em.persist(order);
                    return order;
                })
                .view();
    }

    private static boolean exists(EntityManager em, Class<?> type, long id) {
        return em.find(type, id) != null;
    }

    Order.View read(long id, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Order order = VERSIONS.find(em, id, request);
                    VERSIONS.respondWithTag(em, order, request);
                    return order;
                })
                .view();
    }

    /** Cancels an order: 409 ORDER_ALREADY_SHIPPED or ORDER_ALREADY_CANCELLED, with what the caller can do instead. */
    Order.View cancel(long id, ConditionalRequest request) {
        return move(id, CANCELLED, request);
    }

    /** Does an action that needs nothing but its name. */
    Order.View act(long id, String action, ConditionalRequest request) {
        return switch (action) {
            case "pay" -> move(id, PAID, request);
            case "ship" -> move(id, SHIPPED, request);
            case "return" -> move(id, RETURNED, request);
            case "cancel" -> cancel(id, request);
            default -> throw ProblemException.notFound();
        };
    }

    private Order.View move(long id, OrderStatus wanted, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Order order =
                            VERSIONS.find(em, id, request); // a POST that states a version is held to it; it need not
                    STATES.require(order.status(), wanted);
                    if (wanted == CANCELLED) {
                        putBackUnlessSent(order);
                    }
                    order.become(wanted);
                    return order;
                })
                .view();
    }

    private static void putBackUnlessSent(Order order) {
        if (STATES.allows(order.status(), CANCELLED)) {
            order.putBack();
        }
    }

    /** Cancels an order whatever its state, on somebody's responsibility: who does that has to state what he saw. */
    Order.View cancel(long id, Decision decision, ConditionalRequest request) {
        request.under(Preconditions.required().requiredOn("POST"));
        return store.inTransaction(em -> {
                    Order order = VERSIONS.find(em, id, request);
                    if (order.status() == CANCELLED) {
                        STATES.require(CANCELLED, CANCELLED); // nobody can cancel it once more
                    }
                    putBackUnlessSent(order);
                    order.become(CANCELLED, decision);
                    return order;
                })
                .view();
    }

    /** Gives an order to another customer; both customers change. */
    Order.View give(long id, long customerId, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Order order = VERSIONS.find(em, id, request);
                    Conflicts.requireReference("customer", customerId, it -> exists(em, Customer.class, it));
                    Customers.VERSIONS.touch(em, order.customer());
                    order.moveTo(em.find(Customer.class, customerId));
                    Customers.VERSIONS.touch(em, order.customer());
                    return order;
                })
                .view();
    }

    /** Deletes an order by version: 409 ORDER_ALREADY_SHIPPED while it is on its way, as if it were cancelled. */
    void delete(long id, ConditionalRequest request) {
        store.inTransaction(em -> {
            Order order = VERSIONS.find(em, id, request);
            if (order.status() == SHIPPED) {
                STATES.require(SHIPPED, CANCELLED); // somebody still waits for it
            }
            Customers.VERSIONS.touch(em, order.customer());
            putBackUnlessSent(order);
            em.remove(order);
            return id;
        });
    }
}
