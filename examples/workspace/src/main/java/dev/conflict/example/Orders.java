package dev.conflict.example;

import static dev.conflict.example.OrderStatus.CANCELLED;
import static dev.conflict.example.OrderStatus.NEW;
import static dev.conflict.example.OrderStatus.PAID;
import static dev.conflict.example.OrderStatus.SHIPPED;

import dev.conflict.StateMachine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;

/** Takes orders through their states. */
final class Orders {
    static final StateMachine<OrderStatus> STATES = StateMachine.builder(OrderStatus.class)
            .allow("pay", NEW, PAID)
            .allow("ship", PAID, SHIPPED)
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

    Order.View take() {
        return store.inTransaction(em -> {
                    Order order = Order.taken();
                    em.persist(order);
                    return order;
                })
                .view();
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

    Order.View move(long id, OrderStatus wanted, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Order order = VERSIONS.find(
                            em, id, request); // a POST need not state a version; one that does is held to it
                    STATES.require(order.status(), wanted);
                    order.become(wanted);
                    return order;
                })
                .view();
    }
}
