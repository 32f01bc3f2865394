package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.EntityManager;

/** What the workspace would be without guards: documents of which some are gone, and rows that the database alone refuses. */
final class Unguarded {
    private final Store store;

    Unguarded(Store store) {
        this.store = store;
    }

    /** Writes over whatever is there. */
    Document.View write(long id, JsonNode body) {
        String title = Json.text(body, "title", Document.TITLE);
        String text = Json.text(body, "text", Document.TEXT);
        return store.inTransaction(em -> {
                    Document document = em.find(Document.class, id);
                    document.write(title, text);
                    return document;
                })
                .view();
    }

    /** Stores a user without a look before, so that the database refuses him for the reason that is named. */
    void user(String reason, JsonNode body) {
        long id = body.path("id").asLong();
        String email = body.path("email").asText();
        store.inTransaction(em -> {
            switch (reason) {
                case "declared" -> em.persist(new User(email, email));
                case "undeclared" -> insert(em, id, email, "'" + email + "'");
                case "required" -> insert(em, -id, email, "null");
                default -> throw new IllegalArgumentException(reason);
            }
            return em;
        });
    }

    private static void insert(EntityManager em, long id, String email, String username) {
        em.createNativeQuery("insert into users (id, email, username) values (:id, :email, " + username + ")")
                .setParameter("id", id)
                .setParameter("email", email)
                .executeUpdate();
    }

    /** Stores an order without a look before. */
    void order(long customer, JsonNode body) {
        store.inTransaction(em -> {
            Order order = new Order(
                    em.getReference(Customer.class, customer),
                    em.getReference(Product.class, Json.number(body, "product")),
                    Json.number(body, "quantity"));
            em.persist(order);
            return order;
        });
    }
}
