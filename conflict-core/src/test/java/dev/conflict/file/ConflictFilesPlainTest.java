package dev.conflict.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files where the platform knows folders by their paths only. */
class ConflictFilesPlainTest extends ConflictFilesContract {
    @Override
    @SuppressWarnings("StreamResourceLeak") // closed at once
    Folder.Opener opener() {
        return path -> {
            Files.newDirectoryStream(path).close(); // fails as the platform's own way does
            return new PlainFolder(path);
        };
    }

    @Test
    void folderThatIsExchangedForALinkIsNoticed() throws Exception {
        Path trap = Files.createDirectory(outside.resolve("trap"));
        files.createFolder("docs");

        assertThatThrownBy(() -> files.put(
                        "docs/a.txt",
                        tag -> ConflictFilesTest.exchange(root.resolve("docs"), trap),
                        new ByteArrayInputStream("x".getBytes(UTF_8))))
                .isInstanceOf(FileStoreException.class)
                .hasMessage("\"docs/a.txt\" could not be written");

        assertThat(trap).isEmptyDirectory();
    }
}
