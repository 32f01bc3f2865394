package dev.conflict.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.problem.ProblemTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How files are created, replaced, read, deleted and moved, however the platform opens folders. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // streams that break off need no speed
abstract class ConflictFilesWriteContract extends ConflictFilesFixture {
    @Test
    void createdFileIsReadWithTheTagOfItsContent() throws IOException {
        EntityTag tag = files.create("a.txt", bytes("one"));

        assertThat(tag).isEqualTo(EntityTag.ofContent(bytes("one")));
        assertThat(files.tag("a.txt")).contains(tag);
        FileContent read = files.read("a.txt").orElseThrow();
        assertThat(read.tag()).isEqualTo(tag);
        assertThat(read.bytes()).isEqualTo(bytes("one"));
        assertThat(read).hasToString("FileContent[" + tag + ", 3 bytes]");
        assertThat(root.resolve("a.txt")).hasContent("one");
        assertNoTemporaryFiles();
    }

    @Test
    void streamIsStoredWholeAndLeftOpen() {
        byte[] large = new byte[300_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        List<String> closed = new ArrayList<>();
        InputStream stream = new ByteArrayInputStream(large) {
            @Override
            public void close() {
                closed.add("closed");
            }
        };

        EntityTag tag = files.create("large.bin", stream);

        assertThat(tag).isEqualTo(EntityTag.ofContent(large));
        assertThat(files.read("large.bin").orElseThrow().bytes()).isEqualTo(large);
        assertThat(closed).isEmpty();
    }

    @Test
    void existingNameIsRefusedWithTheWaysOn() {
        EntityTag current = files.create("report.txt", bytes("one"));

        ConflictException refusal = refused(() -> files.create("report.txt", bytes("two")));

        assertRow(refusal, 409, "file-conflict", "FILE_EXISTS");
        assertThat(refusal.details().text(Member.PATH)).contains("report.txt");
        assertThat(ways(refusal)).isEqualTo(List.of(rename("report (2).txt"), overwrite(current), ELSEWHERE));
        assertThat(content("report.txt")).isEqualTo("one");
    }

    @Test
    void streamForATakenNameIsNotRead() {
        files.create("a.txt", bytes("one"));
        InputStream unread = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("read");
            }
        };

        assertRow(refused(() -> files.create("a.txt", unread)), 409, "file-conflict", "FILE_EXISTS");
        assertRow(refused(() -> files.create("none/a.txt", unread)), 409, "state-conflict", "FOLDER_MISSING");
    }

    @Test
    void everyWayOutOfAnExistingNameEndsWell() {
        files.createFolder("other");
        files.create("report.txt", bytes("theirs"));
        ConflictException refusal = refused(() -> files.create("report.txt", bytes("mine")));
        List<?> ways = (List<?>) ways(refusal);
        String free = (String) Objects.requireNonNull(((Map<?, ?>) ways.get(0)).get("name"));
        String tag = (String) Objects.requireNonNull(((Map<?, ?>) ways.get(1)).get("value"));

        files.create(free, bytes("mine"));
        files.create("other/report.txt", bytes("mine"));
        files.replace("report.txt", EntityTag.parse(tag), bytes("mine"));

        assertThat(List.of(content(free), content("other/report.txt"), content("report.txt")))
                .containsOnly("mine");
    }

    static Stream<List<Object>> takenNames() {
        String longest = "x".repeat(251) + ".txt";
        String umlauts = "\u00FC".repeat(125) + ".txt";
        return Stream.of(
                List.of("a.txt", List.of(), "a (2).txt"),
                List.of("a.txt", List.of("a (2).txt", "a (3).txt"), "a (4).txt"),
                List.of("a (2).txt", List.of(), "a (3).txt"),
                List.of("a (9).txt", List.of("a (10).txt"), "a (11).txt"),
                List.of("a (x).txt", List.of(), "a (x) (2).txt"),
                List.of("a ().txt", List.of(), "a () (2).txt"),
                List.of("a (1234567).txt", List.of(), "a (1234567) (2).txt"),
                List.of("(2).txt", List.of(), "(2) (2).txt"),
                List.of("noextension", List.of(), "noextension (2)"),
                List.of(".hidden", List.of(), ".hidden (2)"),
                List.of("a.tar.gz", List.of(), "a.tar (2).gz"),
                List.of(longest, List.of(), "x".repeat(247) + " (2).txt"),
                List.of(umlauts, List.of(), "\u00FC".repeat(123) + " (2).txt"));
    }

    @ParameterizedTest
    @MethodSource("takenNames")
    void offeredNameIsFreeAndCountsOn(List<Object> row) {
        String name = (String) row.get(0);
        files.createFolder("docs");
        files.create("docs/" + name, bytes("x"));
        ((List<?>) row.get(1)).forEach(taken -> files.create("docs/" + taken, bytes("x")));

        ConflictException refusal = refused(() -> files.create("docs/" + name, bytes("y")));

        assertThat((List<?>) ways(refusal)).first().isEqualTo(rename("docs/" + row.get(2)));
        files.create("docs/" + row.get(2), bytes("y"));
    }

    @Test
    void renameIsOfferedWithoutANameWhenTooManyAreTaken() throws IOException {
        files.create("a.txt", bytes("x"));
        for (int i = 2; i < 60; i++) {
            Files.createFile(root.resolve("a (" + i + ").txt"));
        }

        assertThat((List<?>) ways(refused(() -> files.create("a.txt", bytes("y")))))
                .first()
                .isEqualTo(Map.of("way", "rename"));
    }

    @Test
    void missingFolderIsNamed() {
        files.createFolder("a");

        ConflictException refusal = refused(() -> files.create("a/b/c.txt", bytes("x")));

        assertRow(refusal, 409, "state-conflict", "FOLDER_MISSING");
        assertThat(refusal.details().text(Member.PATH)).contains("a/b");
        assertThat(told(refusal).detail()).contains("The folder \"a/b\" does not exist.");
    }

    @Test
    void fileWhereAFolderIsNeededIsNamed() {
        files.create("a.txt", bytes("x"));

        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> files.create("a.txt/b.txt", bytes("y")),
                () -> files.createFolder("a.txt/b"),
                () -> files.put("a.txt/b", tag -> {}, new ByteArrayInputStream(bytes("y"))))) {
            ConflictException refusal = refused(write);
            assertRow(refusal, 409, "file-conflict", "FILE_EXISTS");
            assertThat(refusal.details().text(Member.PATH)).contains("a.txt");
            assertThat(told(refusal).detail()).contains("\"a.txt\" is a file, where the name needs a folder.");
            assertThat(ways(refusal)).isEqualTo(List.of(ELSEWHERE));
        }
        assertThat(files.read("a.txt/b.txt")).isEmpty();
    }

    @Test
    void folderWhereAFileIsWantedIsNamed() {
        files.createFolder("docs");

        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> files.create("docs", bytes("x")),
                () -> files.replace("docs", OTHER, bytes("x")),
                () -> files.put("docs", tag -> {}, new ByteArrayInputStream(bytes("x"))))) {
            ConflictException refusal = refused(write);
            assertRow(refusal, 409, "file-conflict", "FILE_EXISTS");
            assertThat(told(refusal).detail()).contains("\"docs\" is a folder.");
            assertThat(ways(refusal)).isEqualTo(List.of(rename("docs (2)"), ELSEWHERE));
        }
        for (ThrowingCallable removal : List.<ThrowingCallable>of(
                () -> files.delete("docs", OTHER),
                () -> files.delete("docs", tag -> {}),
                () -> files.move("docs", OTHER, "elsewhere"))) {
            ConflictException refusal = refused(removal);
            assertRow(refusal, 409, "file-conflict", "FILE_EXISTS");
            assertThat(told(refusal).detail()).contains("\"docs\" is a folder.");
            assertThat(told(refusal).text("suggestion")).contains("Read the list of files again.");
        }
        assertThat(files.read("docs")).isEmpty();
        assertThat(files.tag("docs")).isEmpty();
        assertThat(files.open("docs")).isEmpty();
    }

    @Test
    void contentIsReplacedUnderTheTagThatWasSeen() throws IOException {
        EntityTag first = files.create("a.txt", bytes("one"));

        EntityTag second = files.replace("a.txt", first, bytes("two"));

        assertThat(second).isEqualTo(EntityTag.ofContent(bytes("two")));
        assertThat(content("a.txt")).isEqualTo("two");
        assertNoTemporaryFiles();
    }

    @Test
    void staleTagIsRefusedAsAFalseIfMatch() throws IOException {
        EntityTag first = files.create("a.txt", bytes("one"));
        EntityTag second = files.replace("a.txt", first, bytes("two"));

        ConflictException refusal = refused(() -> files.replace("a.txt", first, bytes("three")));

        assertThat(refusal.conflict()).isEqualTo(new Conflict.File(Conflict.FileReason.CHANGED, "a.txt", "If-Match"));
        assertRow(refusal, 412, "precondition-failed", "FILE_CHANGED");
        assertThat(refusal.details().text(Member.REQUESTED_ETAG)).contains(first.toString());
        assertThat(refusal.details().text(Member.CURRENT_ETAG)).contains(second.toString());
        assertThat(ways(refusal)).isEqualTo(List.of(rename("a (2).txt"), overwrite(second), ELSEWHERE));
        assertThat(content("a.txt")).isEqualTo("two");
        assertNoTemporaryFiles();
    }

    @Test
    void weakTagNeverMatches() {
        EntityTag tag = files.create("a.txt", bytes("one"));
        EntityTag weak = EntityTag.weak(tag.opaque());

        assertRow(
                refused(() -> files.replace("a.txt", weak, bytes("two"))), 412, "precondition-failed", "FILE_CHANGED");
        assertRow(refused(() -> files.delete("a.txt", weak)), 412, "precondition-failed", "FILE_CHANGED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never.txt", "none/never.txt"})
    void replacingNothingIsAFalseIfMatchForAPutCouldCreate(String name) throws IOException {
        ConflictException refusal = refused(() -> files.replace(name, OTHER, bytes("x")));

        assertRow(refusal, 412, "precondition-failed", "FILE_CHANGED");
        assertThat(refusal.details().text(Member.REQUESTED_ETAG)).contains(OTHER.toString());
        assertThat(refusal.details().get(Member.CURRENT_ETAG)).isEmpty();
        assertThat(told(refusal).detail().orElseThrow()).contains("There is no file");
        assertThat(ways(refusal)).isEqualTo(List.of(CREATE, ELSEWHERE));
        assertNoTemporaryFiles();
    }

    /** What a guard throws, what stands there, and what the client is told. */
    static Stream<List<Object>> guardRefusals() {
        EntityTag there = EntityTag.ofContent(bytes("one"));
        return Stream.of(
                List.of(ConflictException.version().statedIn("If-Match", "\"x\", \"y\"", there), 412, "FILE_CHANGED"),
                List.of(ConflictException.version(), 409, "FILE_CHANGED"),
                List.of(ConflictException.precondition("If-None-Match"), 412, "FILE_EXISTS"),
                List.of(ConflictException.precondition("If-Match"), 412, "FILE_CHANGED"),
                List.of(ConflictException.preconditionRequired("If-Match"), 409, "FILE_EXISTS"),
                List.of(ConflictException.state("ARCHIVED"), 409, "ARCHIVED"));
    }

    @ParameterizedTest
    @MethodSource("guardRefusals")
    void guardsRefusalNamesTheFileAndTheWaysOn(List<Object> row) {
        ConflictException byGuard = (ConflictException) row.get(0);
        EntityTag current = files.create("a.txt", bytes("one"));

        ConflictException refusal = refused(() -> files.put(
                "a.txt",
                tag -> {
                    throw byGuard;
                },
                new ByteArrayInputStream(bytes("two"))));

        assertThat(ProblemTable.standard().row(refusal.conflict()).type().status())
                .isEqualTo(row.get(1));
        assertThat(ProblemTable.standard().row(refusal.conflict()).code()).isEqualTo(row.get(2));
        if (refusal instanceof ConflictException.File) {
            assertThat(ways(refusal)).isEqualTo(List.of(rename("a (2).txt"), overwrite(current), ELSEWHERE));
            assertThat(refusal).hasCause(byGuard);
            assertThat(refusal.details().text(Member.REQUESTED_ETAG))
                    .isEqualTo(byGuard.details().text(Member.REQUESTED_ETAG));
        }
        assertThat(content("a.txt")).isEqualTo("one");
    }

    @Test
    void ifMatchStarOnNothingIsFalse() {
        ConflictException refusal = refused(() -> files.put(
                "a.txt",
                tag -> {
                    throw ConflictException.precondition("If-Match");
                },
                new ByteArrayInputStream(bytes("two"))));

        assertRow(refusal, 412, "precondition-failed", "FILE_CHANGED");
        assertThat(files.read("a.txt")).isEmpty();
    }

    @Test
    void putCreatesAndReplacesWhatTheGuardLetsThrough() {
        List<Optional<EntityTag>> seen = new ArrayList<>();

        EntityTag first = files.put("a.txt", seen::add, new ByteArrayInputStream(bytes("one")));
        EntityTag second = files.put("a.txt", seen::add, new ByteArrayInputStream(bytes("two")));

        assertThat(seen).containsExactly(Optional.empty(), Optional.of(first));
        assertThat(files.tag("a.txt")).contains(second);
    }

    @Test
    void guardThatCallsItsFilesIsAMistake() {
        assertThatThrownBy(() -> files.put(
                        "a.txt", tag -> files.create("a.txt", bytes("x")), new ByteArrayInputStream(bytes("y"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FileGuard");
        assertThat(files.create("a.txt", bytes("free again"))).isNotNull();
    }

    @Test
    void missingFileIsEmpty() {
        assertThat(files.read("none")).isEmpty();
        assertThat(files.open("none/none")).isEmpty();
        assertThat(files.tag("none")).isEmpty();
        assertThat(files.list("none")).isEmpty();
    }

    @Test
    void openFileKeepsItsContentWhileAnotherWriterWins() throws IOException {
        EntityTag first = files.create("a.txt", bytes("first"));

        try (FileStream open = files.open("a.txt").orElseThrow()) {
            files.replace("a.txt", first, bytes("the second"));

            assertThat(open.tag()).isEqualTo(first);
            assertThat(open.length()).isEqualTo(5);
            assertThat(open.readAllBytes()).isEqualTo(bytes("first"));
        }
        assertThat(content("a.txt")).isEqualTo("the second");
    }

    @Test
    void fileIsDeletedUnderTheTagThatWasSeen() {
        EntityTag tag = files.create("a.txt", bytes("one"));

        ConflictException refusal = refused(() -> files.delete("a.txt", OTHER));
        assertRow(refusal, 412, "precondition-failed", "FILE_CHANGED");
        assertThat(refusal.details().text(Member.CURRENT_ETAG)).contains(tag.toString());
        assertThat(ways(refusal)).isEqualTo(List.of());
        assertThat(told(refusal).text("suggestion"))
                .contains("Read the file again, and send the request with its new entity tag.");
        assertThat(content("a.txt")).isEqualTo("one");

        files.delete("a.txt", tag);
        assertThat(files.read("a.txt")).isEmpty();
        assertRow(refused(() -> files.delete("a.txt", tag)), 404, "gone-meanwhile", "RESOURCE_GONE");
    }

    @Test
    void guardDecidesOnDeletion() {
        files.create("a.txt", bytes("one"));

        assertRow(
                refused(() -> files.delete("a.txt", tag -> {
                    throw ConflictException.preconditionRequired("If-Match");
                })),
                428,
                "precondition-required",
                "PRECONDITION_REQUIRED");
        assertThat(refused(() -> files.delete("a.txt", tag -> {
                            throw ConflictException.precondition("If-None-Match");
                        }))
                        .details()
                        .get(Member.WAYS))
                .isEmpty();
        assertThat(files.delete("a.txt", tag -> assertThat(tag).contains(EntityTag.ofContent(bytes("one")))))
                .isTrue();

        assertThat(files.read("a.txt")).isEmpty();
        assertThat(files.delete("a.txt", tag -> {})).isFalse();
    }

    @Test
    void fileIsMovedToAFreeNameInAnotherFolder() throws IOException {
        files.createFolder("done");
        EntityTag tag = files.create("a.txt", bytes("one"));

        assertThat(files.move("a.txt", tag, "done/b.txt")).isEqualTo(tag);
        assertThat(files.move("done/b.txt", current -> {}, "c.txt")).isEqualTo(tag);

        assertThat(files.read("a.txt")).isEmpty();
        assertThat(files.read("done/b.txt")).isEmpty();
        assertThat(content("c.txt")).isEqualTo("one");
        assertNoTemporaryFiles();
    }

    @Test
    void moveOverSomethingIsRefused() {
        EntityTag tag = files.create("a.txt", bytes("one"));
        files.create("b.txt", bytes("two"));

        ConflictException refusal = refused(() -> files.move("a.txt", tag, "b.txt"));

        assertRow(refusal, 409, "file-conflict", "FILE_EXISTS");
        assertThat(refusal.details().text(Member.PATH)).contains("b.txt");
        assertThat(ways(refusal)).isEqualTo(List.of(rename("b (2).txt"), ELSEWHERE));
        assertRow(refused(() -> files.move("a.txt", tag, "a.txt")), 409, "file-conflict", "FILE_EXISTS");
        assertThat(content("a.txt") + content("b.txt")).isEqualTo("onetwo");
    }

    @Test
    void moveOfAnotherContentOrOfNothingOrToNowhereIsRefused() {
        EntityTag tag = files.create("a.txt", bytes("one"));

        assertRow(refused(() -> files.move("a.txt", OTHER, "b.txt")), 412, "precondition-failed", "FILE_CHANGED");
        assertRow(refused(() -> files.move("none", tag, "b.txt")), 404, "gone-meanwhile", "RESOURCE_GONE");
        assertRow(refused(() -> files.move("a.txt", tag, "none/b.txt")), 409, "state-conflict", "FOLDER_MISSING");
        assertThat(content("a.txt")).isEqualTo("one");
    }
}
