package dev.conflict.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.conflict.ConflictException;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Held;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemTable;
import dev.conflict.problem.ProblemTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A root and its files, and what tests of them ask. */
abstract class ConflictFilesFixture {
    static final EntityTag OTHER = EntityTag.ofContent(bytes("something else"));

    @TempDir(factory = ConflictFilesRoots.class)
    Path outside;

    Path root;
    ConflictFiles files;

    abstract Folder.Opener opener();

    @BeforeEach
    void openRoot() throws IOException {
        root = Files.createDirectory(outside.resolve("server-root"));
        files = ConflictFiles.builder(root).opener(opener()).build();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    String content(String name) {
        return new String(files.read(name).orElseThrow().bytes(), UTF_8);
    }

    /** Refused as a conflict that is fit to be sent. */
    ConflictException refused(ThrowingCallable write) {
        Throwable thrown = thrown(write);
        assertThat(thrown).isInstanceOf(ConflictException.class);
        return (ConflictException) thrown;
    }

    /** Whatever is thrown names no path of the server in what is its own. */
    Throwable thrown(ThrowingCallable write) {
        Throwable thrown = Objects.requireNonNull(catchThrowable(write), "nothing was thrown");
        List<String> texts = new ArrayList<>(List.of(thrown.toString(), String.valueOf(thrown.getMessage())));
        if (thrown instanceof ConflictException conflict) {
            texts.add(conflict.conflict().toString());
            Stream.of(Member.values())
                    .forEach(member -> texts.add(conflict.details().get(member).toString()));
        }
        assertThat(texts)
                .noneMatch(text -> text.contains("server-root"))
                .noneMatch(text -> text.contains(outside.getFileName().toString()));
        return thrown;
    }

    static void assertRow(ConflictException refusal, int status, String type, String code) {
        ProblemTable.Row row = ProblemTable.standard().row(refusal.conflict());
        assertThat(row.type().status()).isEqualTo(status);
        assertThat(row.type().name()).isEqualTo(type);
        assertThat(row.code()).isEqualTo(code);
    }

    /** What a client is told. */
    static ProblemDetail told(ConflictException refusal) {
        return EDGE.translate(
                        refusal,
                        ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                        Occurrence.of("PUT", "/files"))
                .map(Held::of)
                .orElseThrow()
                .problem();
    }

    static Object ways(ConflictException refusal) {
        return refusal.details().get(Member.WAYS).orElse(List.of());
    }

    static Map<String, String> rename(String name) {
        return Map.of("way", "rename", "name", name);
    }

    static Map<String, String> overwrite(EntityTag current) {
        return Map.of("way", "overwrite", "header", "If-Match", "value", current.toString());
    }

    private static final ProblemTranslator EDGE =
            ProblemTranslator.builder().build(ConflictFilesFixture.class.getClassLoader());

    static final Map<String, String> CREATE = Map.of("way", "overwrite", "header", "If-None-Match", "value", "*");
    static final Map<String, String> ELSEWHERE = Map.of("way", "elsewhere");

    /** Nothing is left of a write but what it stored. */
    void assertNoTemporaryFiles() throws IOException {
        for (String folder : List.of("temporary", "claims")) {
            try (Stream<Path> left = Files.list(root.resolve(".conflict-files").resolve(folder))) {
                assertThat(left).isEmpty();
            }
        }
    }
}
