package dev.conflict.example;

import dev.conflict.Conflicts;
import dev.conflict.Dependent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.net.URI;
import java.util.List;

/**
 * Keeps customers, each the root of an aggregate: an order that comes, goes or changes hands moves its version.
 */
final class Customers {
    /** A write under these moves the version at once: no other transaction changes the orders before this one has ended. */
    static final EntityVersions<Customer> VERSIONS =
            EntityVersions.of(Customer.class).ofAggregate();

    /** How many orders a refusal names. */
    private static final int NAMED = 20;

    private final Store store;

    Customers(Store store) {
        this.store = store;
    }

    Customer.View create(String name) {
        return store.inTransaction(em -> {
                    Customer customer = new Customer(name);
                    em.persist(customer);
                    return customer;
                })
                .view(0);
    }

    Customer.View read(long id, ConditionalRequest request) {
        return store.inTransaction(em -> {
            Customer customer =
                    VERSIONS.find(em, id, request); // first: a tag that is older than its content harms nobody
            VERSIONS.respondWithTag(em, customer, request);
            return customer.view(count(em, customer));
        });
    }

    /** Deletes a customer by version: 409 HAS_ACTIVE_CHILDREN as long as there are orders, the first of them named. */
    void delete(long id, ConditionalRequest request) {
        store.inTransaction(em -> {
            Customer customer = VERSIONS.find(em, id, request);
            Conflicts.requireNoDependents(count(em, customer), () -> dependents(em, customer));
            em.remove(customer);
            return id;
        });
    }

    private static long count(EntityManager em, Customer customer) {
        return ofCustomer(em, "select count(o) from Order o where o.customer = :customer", Long.class, customer)
                .getSingleResult();
    }

    private static List<Dependent> dependents(EntityManager em, Customer customer) {
        String query = "select o from Order o where o.customer = :customer order by o.id";
        return ofCustomer(em, query, Order.class, customer)
                .setMaxResults(NAMED)
                .getResultStream()
                .map(Order::view)
                .map(order -> new Dependent("Order " + order.id(), URI.create("/orders/" + order.id())))
                .toList();
    }

    private static <T> TypedQuery<T> ofCustomer(EntityManager em, String query, Class<T> result, Customer customer) {
        return em.createQuery(query, result).setParameter("customer", customer);
    }
}
