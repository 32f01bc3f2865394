package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Orders that are stored without a look before, so that the database alone refuses them. */
final class UnguardedOrders extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Store store;

    UnguardedOrders(Store store) {
        this.store = store;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        long customer = Paths.id(request);
        store.inTransaction(em -> {
            Order order = new Order(
                    em.getReference(Customer.class, customer),
                    em.getReference(Product.class, Json.number(body, "product")),
                    Json.number(body, "quantity"));
            em.persist(order);
            return order;
        });
        response.setStatus(204);
    }
}
