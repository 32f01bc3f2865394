package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the documents would be without a guard: every write is a success, and some are gone. */
final class UnguardedDocuments extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Store store;

    UnguardedDocuments(Store store) {
        this.store = store;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, new Documents(store).read(id(request), ServletPreconditions.of(request)));
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Json.write(
                response,
                200,
                update(id(request), Json.text(body, "title", Document.TITLE), Json.text(body, "text", Document.TEXT)));
    }

    Document.View update(long id, String title, String text) {
        return store.inTransaction(em -> {
                    Document document = em.find(Document.class, id);
                    document.write(title, text);
                    return document;
                })
                .view();
    }

    private static long id(HttpServletRequest request) {
        return Paths.id(Paths.segments(request).get(0));
    }
}
