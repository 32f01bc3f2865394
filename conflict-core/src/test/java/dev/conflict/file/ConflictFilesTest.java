package dev.conflict.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files as the platform opens them; on Linux, by descriptors. */
class ConflictFilesTest extends ConflictFilesContract {
    @BeforeEach
    void requireDescriptors() throws Exception {
        try (var stream = Files.newDirectoryStream(outside)) {
            Assumptions.assumeTrue(stream instanceof SecureDirectoryStream, "this platform does not hold folders");
        }
    }

    @Override
    Folder.Opener opener() {
        return Folder::open;
    }

    @Test
    void readmeLinesWork() {
        EntityTag first = ConflictFiles.in(root).create("today.txt", bytes("one"));

        assertThat(ConflictFiles.in(root).replace("today.txt", first, bytes("two")))
                .isEqualTo(EntityTag.ofContent(bytes("two")));
    }

    @Test
    void folderThatIsExchangedForALinkLeadsNothingOutside() throws Exception {
        Path trap = Files.createDirectory(outside.resolve("trap"));
        files.createFolder("docs");

        files.put(
                "docs/a.txt",
                tag -> exchange(root.resolve("docs"), trap),
                new ByteArrayInputStream("x".getBytes(UTF_8)));

        assertThat(trap).isEmptyDirectory();
        assertThat(outside.resolve("was").resolve("a.txt")).hasContent("x");
        assertThatThrownBy(() -> files.read("docs/a.txt")).isInstanceOf(FileNameException.class);
    }

    @Test
    void folderThatIsDeletedMeanwhileIsMissing() {
        files.createFolder("docs");

        assertThatThrownBy(() -> files.put(
                        "docs/a.txt",
                        tag -> assertThat(root.resolve("docs").toFile().delete())
                                .isTrue(),
                        new ByteArrayInputStream("x".getBytes(UTF_8))))
                .isInstanceOf(ConflictException.State.class);
        assertThat(files.list().entries()).isEmpty();
    }

    /** A volume that is no longer mounted must not become a folder of the same name that swallows writes. */
    @Test
    void rootThatHasGoneIsNotMadeAnew() throws java.io.IOException {
        Path mounted = Files.createDirectories(root.resolve("mnt/volume"));
        ConflictFiles onVolume = ConflictFiles.in(mounted);
        Files.delete(mounted);
        Files.delete(mounted.getParent());

        assertThatThrownBy(() -> onVolume.create("a.txt", new byte[1])).isInstanceOf(FileStoreException.class);
        assertThat(mounted.getParent()).doesNotExist();
    }

    static void exchange(Path folder, Path link) {
        try {
            Files.move(folder, link.resolveSibling("was"));
            Files.createSymbolicLink(folder, link);
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
