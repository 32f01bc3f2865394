package dev.conflict.example;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.file.ConflictFiles;
import dev.conflict.file.FileGuard;
import dev.conflict.file.FileStream;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps files, and replaces one only for a client that states which content it saw. */
final class StoredFiles {
    private final ConflictFiles files;

    StoredFiles(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
        this.files = ConflictFiles.in(folder);
    }

    /** Opens a file, which its caller closes. */
    FileStream open(String name) throws IOException {
        return files.open(name).orElseThrow(ProblemException::notFound);
    }

    /** Creates a file or replaces it: 409 FILE_EXISTS, or 412 FILE_CHANGED, with the ways out. */
    Stored put(String name, InputStream content, ConditionalRequest request) throws IOException {
        FileGuard guard = guard(name, request);
        AtomicBoolean created = new AtomicBoolean();
        FileGuard guardThatLooks = present -> {
            guard.check(present);
            created.set(present.isEmpty());
        };
        EntityTag tag = files.put(name, guardThatLooks, content);
        return new Stored(tag, created.get() ? 201 : 204);
    }

    void delete(String name, ConditionalRequest request) {
        if (!files.delete(name, guard(name, request))) {
            throw ProblemException.notFound();
        }
    }

    private static FileGuard guard(String name, ConditionalRequest request) {
        Target file = new Target("file", name);
        return tag -> request.require(file, tag.map(Validators::of).orElseGet(Validators::absent));
    }

    /** What became of a file: its tag, and the status that says whether it is new. */
    record Stored(EntityTag tag, int status) {}
}
