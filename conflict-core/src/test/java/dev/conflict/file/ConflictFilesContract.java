package dev.conflict.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for files however the platform opens folders: writes, and folders, limits, failures, links and crashes. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // streams that break off need no speed
abstract class ConflictFilesContract extends ConflictFilesWriteContract {
    @Test
    void folderIsCreatedOnceAndDeletedWhenEmpty() throws IOException {
        files.createFolder("docs");
        files.createFolder("docs/v1.2");

        ConflictException exists = refused(() -> files.createFolder("docs/v1.2"));
        assertRow(exists, 409, "file-conflict", "FILE_EXISTS");
        assertThat(ways(exists)).isEqualTo(List.of(rename("docs/v1.2 (2)"), ELSEWHERE));

        ConflictException notEmpty = refused(() -> files.deleteFolder("docs"));
        assertRow(notEmpty, 409, "file-conflict", "DIRECTORY_NOT_EMPTY");
        assertThat(notEmpty.details().text(Member.PATH)).contains("docs");

        files.deleteFolder("docs/v1.2");
        files.deleteFolder("docs");
        assertRow(refused(() -> files.deleteFolder("docs")), 404, "gone-meanwhile", "RESOURCE_GONE");
        assertNoTemporaryFiles();
    }

    @Test
    void folderNeedsAFreeNameInAFolder() {
        files.create("a.txt", bytes("x"));

        assertRow(refused(() -> files.createFolder("none/docs")), 409, "state-conflict", "FOLDER_MISSING");
        assertRow(refused(() -> files.createFolder("a.txt")), 409, "file-conflict", "FILE_EXISTS");
        assertRow(refused(() -> files.deleteFolder("a.txt")), 409, "file-conflict", "FILE_EXISTS");
        assertThat(content("a.txt")).isEqualTo("x");
    }

    @Test
    void listingShowsWhatCanBeNamed() throws IOException {
        files.createFolder("docs");
        files.create("docs/b.txt", bytes("12345"));
        files.createFolder("docs/a");
        Files.createFile(root.resolve("docs").resolve("what?.txt"));
        Files.createSymbolicLink(root.resolve("docs").resolve("link"), outside);

        FileListing listing = files.list("docs").orElseThrow();

        assertThat(listing.entries()).extracting(FileEntry::name).containsExactly("docs/a", "docs/b.txt");
        assertThat(listing.entries()).extracting(FileEntry::isFolder).containsExactly(true, false);
        assertThat(listing.entries()).extracting(FileEntry::lengthBytes).containsExactly(0L, 5L);
        assertThat(listing.isTruncated()).isFalse();
        assertThat(files.list().entries()).extracting(FileEntry::name).containsExactly("docs");
        assertThat(files.list("docs/b.txt")).isEmpty();
    }

    @Test
    void listingIsBounded() {
        ConflictFiles two =
                ConflictFiles.builder(root).opener(opener()).maxListed(2).build();
        two.createFolder("a");
        two.createFolder("b");
        assertThat(two.list().isTruncated()).isFalse();
        two.createFolder("c");

        assertThat(two.list().entries()).hasSize(2);
        assertThat(two.list().isTruncated()).isTrue();
    }

    @Test
    void contentOverTheLimitIsNotStored() throws IOException {
        ConflictFiles small =
                ConflictFiles.builder(root).opener(opener()).maxContentBytes(4).build();
        EntityTag four = small.create("a.txt", bytes("four"));

        Throwable refusal = thrown(() -> small.replace("a.txt", four, bytes("fives")));

        assertThat(refusal)
                .isInstanceOf(FileTooLargeException.class)
                .hasMessage("The content of \"a.txt\" is larger than the limit of 4 bytes");
        assertThat(((FileTooLargeException) refusal).limitBytes()).isEqualTo(4);
        assertThat(((FileTooLargeException) refusal).name()).isEqualTo("a.txt");
        assertThat(content("a.txt")).isEqualTo("four");
        assertNoTemporaryFiles();

        Files.writeString(root.resolve("b.txt"), "longer");
        assertThat(thrown(() -> small.read("b.txt"))).isInstanceOf(FileTooLargeException.class);
        assertThat(small.open("b.txt").orElseThrow().length()).isEqualTo(6);
    }

    @Test
    void streamThatBreaksOffLeavesTheOldContentAndNothingElse() throws IOException {
        EntityTag tag = files.create("a.txt", bytes("one"));
        IOException reset = new IOException("Connection reset");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw reset;
            }
        });

        assertThat(thrown(() -> files.replace("a.txt", tag, broken)))
                .isInstanceOf(FileStoreException.class)
                .hasMessage("The content for \"a.txt\" broke off")
                .hasCause(reset);

        assertThat(content("a.txt")).isEqualTo("one");
        assertNoTemporaryFiles();
    }

    @Test
    void streamThatThrowsAnythingElseLeavesNothingEither() throws IOException {
        IllegalStateException bug = new IllegalStateException("bug");
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw bug;
            }
        };

        assertThat(thrown(() -> files.create("a.txt", broken))).isSameAs(bug);

        assertThat(files.read("a.txt")).isEmpty();
        assertNoTemporaryFiles();
    }

    @Test
    void interruptedThreadWritesNothing() throws IOException {
        EntityTag tag = files.create("a.txt", bytes("one"));

        Thread.currentThread().interrupt();
        Throwable thrown = thrown(() -> files.replace("a.txt", tag, bytes("two")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(FileStoreException.class).hasMessage("\"a.txt\" could not be written");
        assertThat(content("a.txt")).isEqualTo("one");
        assertNoTemporaryFiles();
    }

    @Test
    void vanishedRootIsAFaultOfTheServer() throws IOException {
        Path moved = Files.move(root, outside.resolve("moved"));

        assertThat(thrown(() -> files.create("a.txt", bytes("x")))).isInstanceOf(FileStoreException.class);
        assertThat(thrown(() -> files.read("a.txt")))
                .isInstanceOf(FileStoreException.class)
                .hasMessage("\"a.txt\" could not be read");
        assertThat(thrown(() -> files.list())).isInstanceOf(FileStoreException.class);
        assertThat(moved).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"move", "channel", "attributes"})
    void fullDiskLeavesTheOldContentAndNothingElse(String step) throws IOException {
        EntityTag tag = files.create("a.txt", bytes("one"));
        ConflictFilesDisk disk = new ConflictFilesDisk(opener());
        ConflictFiles onDisk = ConflictFiles.builder(root).opener(disk).build();

        disk.failAt(step);
        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> onDisk.replace("a.txt", tag, bytes("two")),
                () -> onDisk.create("b.txt", bytes("two")),
                () -> onDisk.move("a.txt", tag, "b.txt"),
                () -> onDisk.createFolder("docs"))) {
            assertThat(thrown(write))
                    .isInstanceOf(FileStoreException.class)
                    .hasMessageMatching("\"(a.txt|b.txt|docs)\" could not be (written|read|moved|created)")
                    .hasCauseInstanceOf(FileSystemException.class)
                    .hasRootCauseMessage(root + ": No space left on device");
        }

        assertThat(content("a.txt")).isEqualTo("one");
        assertThat(files.list().entries()).extracting(FileEntry::name).containsExactly("a.txt");
        assertNoTemporaryFiles();
    }

    @Test
    void failedDeletionIsAFaultOfTheServer() {
        EntityTag tag = files.create("a.txt", bytes("one"));
        files.createFolder("docs");
        ConflictFilesDisk disk = new ConflictFilesDisk(opener());
        ConflictFiles onDisk = ConflictFiles.builder(root).opener(disk).build();

        disk.failAt("folder");
        assertThat(thrown(() -> onDisk.delete("a.txt", tag)))
                .isInstanceOf(FileStoreException.class)
                .hasMessage("\"a.txt\" could not be deleted");
        assertThat(thrown(() -> onDisk.deleteFolder("docs")))
                .isInstanceOf(FileStoreException.class)
                .hasMessage("\"docs\" could not be deleted");

        assertThat(content("a.txt")).isEqualTo("one");
    }

    @Test
    void rootMustBeAFolder() throws IOException {
        Path file = Files.createFile(outside.resolve("file"));

        for (Path wrong : List.of(file, outside.resolve("none"))) {
            assertThat(thrown(
                            () -> ConflictFiles.builder(wrong).opener(opener()).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The root must be an existing folder");
        }
    }

    @Test
    void rootMayBeReachedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(outside.resolve("link"), root);
        ConflictFiles linked = ConflictFiles.builder(link).opener(opener()).build();

        linked.create("a.txt", bytes("one"));

        assertThat(content("a.txt")).isEqualTo("one");
        assertThat(linked).hasToString("ConflictFiles");
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        ConflictFiles.Builder builder = ConflictFiles.builder(root);

        assertThatThrownBy(() -> builder.maxContentBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxListed(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxListed(1_000_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.lockTimeout(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.lockTimeout(Duration.ofHours(2))).isInstanceOf(IllegalArgumentException.class);
        builder.maxContentBytes(0).maxListed(1_000_000).lockTimeout(Duration.ofHours(1));
    }

    @Test
    void linksLeadNowhere() throws IOException {
        Path secret = Files.createDirectory(outside.resolve("secret"));
        Files.writeString(secret.resolve("file.txt"), "secret");
        files.createFolder("docs");
        EntityTag tag = files.create("docs/own.txt", bytes("own"));
        Files.createSymbolicLink(root.resolve("out"), secret);
        Files.createSymbolicLink(root.resolve("docs").resolve("out"), secret);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("docs"));
        Files.createSymbolicLink(root.resolve("file"), secret.resolve("file.txt"));
        Files.createSymbolicLink(root.resolve("dangling"), secret.resolve("new.txt"));

        for (String name :
                List.of("out/file.txt", "out/new.txt", "docs/out/file.txt", "in/own.txt", "file", "dangling")) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> files.read(name),
                    () -> files.open(name),
                    () -> files.tag(name),
                    () -> files.list(name),
                    () -> files.create(name, bytes("x")),
                    () -> files.replace(name, EntityTag.ofContent(bytes("secret")), bytes("x")),
                    () -> files.put(name, current -> {}, new ByteArrayInputStream(bytes("x"))),
                    () -> files.delete(name, current -> {}),
                    () -> files.move(name, current -> {}, "stolen.txt"),
                    () -> files.move("docs/own.txt", tag, name),
                    () -> files.createFolder(name),
                    () -> files.deleteFolder(name))) {
                assertThat(thrown(use))
                        .as(name)
                        .isInstanceOf(FileNameException.class)
                        .hasMessageEndingWith("this leads to neither a file nor a folder");
            }
        }
        assertThat(secret.resolve("file.txt")).hasContent("secret");
        assertThat(secret.resolve("new.txt")).doesNotExist();
        assertThat(files.read("stolen.txt")).isEmpty();
        assertThat(content("docs/own.txt")).isEqualTo("own");
    }

    @Test
    void linkInPlaceOfTheHiddenFolderIsNotFollowed() throws IOException {
        Path trap = Files.createDirectory(outside.resolve("trap"));
        Files.createSymbolicLink(root.resolve(".conflict-files"), trap);

        assertThat(thrown(() -> files.create("a.txt", bytes("x")))).isInstanceOf(FileStoreException.class);
        assertThat(trap).isEmptyDirectory();
        assertThat(root.resolve("a.txt")).doesNotExist();
    }

    @Test
    void oldClaimsAndFoldersOfDeadProcessesAreSwept() throws IOException {
        files.create("a.txt", bytes("one"));
        Path hidden = root.resolve(".conflict-files");
        Path oldClaim = Files.createFile(hidden.resolve("claims").resolve("1-1-07"));
        Path newClaim = Files.createFile(hidden.resolve("claims").resolve("2-1-07"));
        Path oldFolder = Files.createDirectory(hidden.resolve("temporary").resolve("1-1-x"));
        Path newFolder = Files.createDirectory(hidden.resolve("temporary").resolve("2-1-x"));
        Path temporary = Files.createFile(hidden.resolve("temporary").resolve("2-1-y"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(oldClaim, longAgo);
        Files.setLastModifiedTime(oldFolder, longAgo);

        ConflictFiles.builder(root).opener(opener()).build();

        assertThat(oldClaim).doesNotExist();
        assertThat(oldFolder).doesNotExist();
        assertThat(temporary).doesNotExist();
        assertThat(newClaim).exists();
        assertThat(newFolder).exists();
    }

    @Test
    void contentThatIsBeingReceivedIsNotSweptByThisProcess() {
        InputStream sweeping = new InputStream() {
            private boolean swept;

            @Override
            public int read() {
                if (swept) {
                    return -1;
                }
                swept = true;
                ConflictFiles.builder(root).opener(opener()).build();
                return 'x';
            }
        };

        files.create("a.txt", sweeping);

        assertThat(content("a.txt")).isEqualTo("x");
    }
}
