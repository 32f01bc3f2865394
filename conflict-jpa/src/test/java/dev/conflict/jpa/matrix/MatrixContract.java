package dev.conflict.jpa.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event of a writer's life in each cell; the table goes to the log and to target. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MatrixContract {
    private static final boolean ALL =
            System.getProperty("persistence.cells", "").equals("all");

    @SuppressWarnings("NullAway.Init") // before the tests
    private Matrix matrix;

    static List<Cell> cells() {
        return Cell.all().stream().filter(cell -> ALL || cell.isAlways()).toList();
    }

    @BeforeAll
    @Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void play() throws IOException {
        matrix = Matrix.play(cells());
        String table = matrix.support() + "\n" + matrix.outcomes();
        Files.writeString(Path.of("target", "persistence.md"), table);
        System.out.println(table);
    }

    @Test
    void kindAndStatusAreAsExpected() {
        assertThat(matrix.wrong()).isEmpty();
    }

    @Test
    void everyEventHasItsExpectationAndNoneIsLeft() {
        assertThat(matrix.eventsWithoutExpectation()).isEmpty();
        assertThat(matrix.expectationsWithoutEvent()).isEmpty();
    }

    @Test
    void everyProviderRunsOnEveryDatabase() {
        assertThat(matrix.impossible()).isEmpty();
    }

    @Test
    void guideShowsWhatIsExpectedAndWhatRan() throws IOException {
        String page = Expected.page(Expected.table(Expectations.TABLE));
        assertThat(guide().contains(page)).as("docs/jpa.md has\n" + page).isTrue();
        assertThat(!ALL || guide().contains(matrix.support()))
                .as("docs/jpa.md has\n" + matrix.support())
                .isTrue();
    }

    private static String guide() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/jpa.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "docs/jpa.md is nowhere above");
        }
        return Files.readString(folder.resolve("docs/jpa.md"));
    }

    /** Eight writers who saw one version of one row. */
    @ParameterizedTest
    @MethodSource("cells")
    void neverMoreThanOneChangesTheVersionThatAllSaw(Cell cell) throws Exception {
        Race.ofOneRow(cell).run(ALL ? 10 : 3);
    }

    /** Eight writers who each add a part to what all saw in one version. */
    @ParameterizedTest
    @MethodSource("cells")
    void neverMoreThanOneAddsToTheVersionThatAllSaw(Cell cell) throws Exception {
        Race.ofParts(cell).run(ALL ? 10 : 3);
    }
}
