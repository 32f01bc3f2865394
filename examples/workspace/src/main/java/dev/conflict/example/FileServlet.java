package dev.conflict.example;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.file.ConflictFiles;
import dev.conflict.file.FileGuard;
import dev.conflict.file.FileStream;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code /files/{name}}: PUT creates a file, and replaces one only for a client that states which content it saw.
 *
 * <p>A file is stored as it was sent, so the answer to a PUT may carry its tag.
 */
final class FileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ConflictFiles files;

    FileServlet(ConflictFiles files) {
        this.files = files;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (FileStream content = files.open(name(request)).orElseThrow(ProblemException::notFound)) {
            response.setHeader("ETag", content.tag().toString());
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(content.length());
            content.transferTo(response.getOutputStream());
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FileGuard guard = guard(request);
        AtomicBoolean created = new AtomicBoolean();
        FileGuard guardThatLooks = present -> {
            guard.check(present);
            created.set(present.isEmpty());
        };
        EntityTag stored = files.put(name(request), guardThatLooks, request.getInputStream());
        response.setHeader("ETag", stored.toString());
        response.setStatus(created.get() ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        if (!files.delete(name(request), guard(request))) {
            throw ProblemException.notFound();
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static FileGuard guard(HttpServletRequest request) {
        ConditionalRequest conditional = ServletPreconditions.of(request);
        Target file = new Target("file", name(request));
        return tag -> conditional.require(file, tag.map(Validators::of).orElseGet(Validators::absent));
    }

    private static String name(HttpServletRequest request) {
        return String.join("/", Paths.segments(request));
    }
}
