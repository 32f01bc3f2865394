package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every variant of the workspace is held to: the tests of the workspace itself, run against the variant that is on the
 * class path.
 */
abstract class WorkspaceContract {
    /** What a reader of the variant has to read, to see how documents are guarded. */
    @Test
    void documentsTakeLessThan150Lines() throws IOException {
        long lines = 0;
        try (Stream<Path> sources = Files.list(Path.of("src", "main", "java", "dev", "conflict", "example"))) {
            for (Path source : sources.toList()) {
                if (source.getFileName().toString().startsWith("Document")) {
                    lines += Files.readAllLines(source).size();
                }
            }
        }
        assertThat(lines).isBetween(1L, 149L);
    }

    @Nested
    class VersionMismatch extends VersionMismatchScenarioTest {}

    @Nested
    class TakenValue extends TakenValueScenarioTest {}

    @Nested
    class ExistingProduct extends ExistingProductScenarioTest {}

    @Nested
    class OrderState extends OrderStateScenarioTest {}

    @Nested
    class TaskReview extends TaskReviewScenarioTest {}

    @Nested
    class DependentOrders extends DependentOrdersScenarioTest {}

    @Nested
    class BrokenRule extends BrokenRuleScenarioTest {}

    @Nested
    class ExistingFile extends ExistingFileScenarioTest {}

    @Nested
    class Beside extends WorkspaceTest {}

    @Nested
    class DocumentRace extends DocumentRaceTest {
        @Override
        int rounds() {
            return 10;
        }
    }

    @Nested
    class FirstCommandOfReadme extends PlayTest {}

    @Nested
    class ExchangeInReadme extends ReadmeTest {}

    @Nested
    class LinesOfThePage extends ExamplePageTest {}
}
