package dev.conflict.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.containers.OurLog;
import dev.conflict.stacks.app.Secrets;
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
    private static final String ID = "urn:uuid:[0-9a-f-]{36}";
    private static final String LINE = "(\\d{3} \\S+ \\S+ (PUT|HEAD) /app/\\S+ " + ID + "|Behind " + ID + ")";

    private final boolean pairwise = !System.getProperty("stacks.cells", "").equals("all");
    private Matrix matrix;

    @BeforeAll
    void play() throws Exception {
        matrix = Matrix.play(pairwise ? Pairwise.of(ALL) : ALL);
        String table = matrix.table(ALL);
        Files.writeString(Path.of("target", "stacks.md"), table);
        System.out.println(table);
    }

    /** The first differences stand in the line that a build repeats at its end. */
    @Test
    void everyAnswerIsAsExpected() {
        List<String> first = matrix.wrong().stream().limit(3).toList();

        assertThat(matrix.wrong())
                .as("%d differences: %s", matrix.wrong().size(), first)
                .isEmpty();
    }

    /** Which secrets there are, and where they are planted, {@link Secrets} says. */
    @Test
    void noLineOfOursTellsASecret() {
        assertThat(matrix.log())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Secrets.toldBy(line.message() + line.trace()))
                        .as(line.message())
                        .isEmpty())
                .allSatisfy(line -> assertThat(line.message()).matches(LINE));
    }

    @Test
    void everyProblemHasOneLineWithItsId() {
        List<String> logged = matrix.log().stream()
                .map(OurLog.Line::message)
                .filter(message -> !message.startsWith("Behind "))
                .map(message -> message.substring(message.lastIndexOf(' ') + 1))
                .toList();

        assertThat(matrix.ids()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(logged).containsAll(matrix.ids()).doesNotHaveDuplicates();
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
