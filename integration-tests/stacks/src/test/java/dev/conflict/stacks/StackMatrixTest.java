package dev.conflict.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The filter alone, on every container and with every framework; the table goes to the log and to target. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackMatrixTest {
    private static final List<Cell> ALL = Cell.all();

    private final boolean pairwise = !System.getProperty("stacks.cells", "").equals("all");
    private Matrix matrix;

    @BeforeAll
    void play() throws Exception {
        matrix = Matrix.play(pairwise ? Pairwise.of(ALL) : ALL);
        String table = matrix.table(ALL);
        Files.writeString(Path.of("target", "stacks.md"), table);
        System.out.println(table);
    }

    @Test
    void everyAnswerIsAsExpected() {
        assertThat(matrix.wrong()).isEmpty();
    }

    /** Though Jersey 4 and Spring MVC 7 ask for Servlet 6.1, nothing that is played here needs it. */
    @Test
    void everyFrameworkRunsOnEveryContainer() {
        assertThat(matrix.impossible()).isEmpty();
    }

    @Test
    void everyCellIsRunOrSkippedOnPurpose() {
        if (pairwise) {
            assertThat(Pairwise.pairs(List.copyOf(matrix.run()))).isEqualTo(Pairwise.pairs(ALL));
        } else {
            assertThat(matrix.run()).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }
}
