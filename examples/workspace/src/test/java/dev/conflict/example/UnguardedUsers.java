package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Users who are stored without a look before, so that the database alone refuses them, for the reason that the path names. */
final class UnguardedUsers extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Store store;

    UnguardedUsers(Store store) {
        this.store = store;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        String reason = Paths.segments(request).get(0);
        store.inTransaction(em -> {
            store(em, reason, body.path("id").asLong(), body.path("email").asText());
            return em;
        });
        response.setStatus(204);
    }

    private static void store(EntityManager em, String reason, long id, String email) {
        switch (reason) {
            case "declared" -> em.persist(new User(email, email));
            case "undeclared" -> insert(em, id, email, "'" + email + "'");
            case "required" -> insert(em, -id, email, "null");
            default -> throw new IllegalArgumentException(reason);
        }
    }

    private static void insert(EntityManager em, long id, String email, String username) {
        em.createNativeQuery("insert into users (id, email, username) values (:id, :email, " + username + ")")
                .setParameter("id", id)
                .setParameter("email", email)
                .executeUpdate();
    }
}
