package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /documents} and {@code /documents/{id}}. */
final class DocumentServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Documents documents;

    DocumentServlet(Documents documents) {
        this.documents = documents;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Document.View created =
                documents.create(Json.text(body, "title", Document.TITLE), Json.text(body, "text", Document.TEXT));
        response.setHeader("Location", "/documents/" + created.id());
        Json.write(response, 201, created);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Document.View document = documents.read(Paths.id(request), ServletPreconditions.of(request));
        if (!ServletPreconditions.sendNotModified(request, response)) {
            Json.write(response, 200, document);
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Document.View updated = documents.update(
                Paths.id(request),
                Json.text(body, "title", Document.TITLE),
                Json.text(body, "text", Document.TEXT),
                ServletPreconditions.of(request));
        Json.write(response, 200, updated);
    }

    @Override
    protected void doPatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Document.View renamed = documents.rename(
                Paths.id(request),
                Json.text(body, "title", Document.TITLE),
                Json.revision(body, "version"),
                Json.revision(body, "modified"),
                ServletPreconditions.of(request));
        Json.write(response, 200, renamed);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        documents.delete(Paths.id(request), ServletPreconditions.of(request));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
