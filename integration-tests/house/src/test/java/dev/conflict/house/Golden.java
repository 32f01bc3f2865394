package dev.conflict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what was built with what was agreed; a change on purpose is accepted by copying one folder. */
final class Golden {
    private Golden() {}

    static void assertMatches(String name, String actual) throws IOException {
        Path built = House.ACTUAL.resolve(name);
        Files.createDirectories(built.getParent());
        Files.writeString(built, actual);

        Path agreed = House.GOLDEN.resolve(name);
        assertThat(Files.exists(agreed) ? Files.readString(agreed) : "")
                .as(
                        "%s; if the change is meant: cp -r %s/. %s",
                        name, House.ROOT.relativize(House.ACTUAL), House.ROOT.relativize(House.GOLDEN))
                .isEqualTo(actual);
    }
}
