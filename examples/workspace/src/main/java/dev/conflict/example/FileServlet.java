package dev.conflict.example;

import dev.conflict.file.FileStream;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /files/{name}}.
 *
 * <p>A file is stored as it was sent, so the answer to a PUT may carry its tag.
 */
final class FileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient StoredFiles files;

    FileServlet(StoredFiles files) {
        this.files = files;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (FileStream content = files.open(name(request))) {
            response.setHeader("ETag", content.tag().toString());
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(content.length());
            content.transferTo(response.getOutputStream());
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StoredFiles.Stored stored =
                files.put(name(request), request.getInputStream(), ServletPreconditions.of(request));
        response.setHeader("ETag", stored.tag().toString());
        response.setStatus(stored.status());
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        files.delete(name(request), ServletPreconditions.of(request));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static String name(HttpServletRequest request) {
        return String.join("/", Paths.segments(request));
    }
}
