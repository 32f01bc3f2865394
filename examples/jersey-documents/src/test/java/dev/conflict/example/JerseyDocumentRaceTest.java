package dev.conflict.example;

/** The race of the workspace, with Jersey. */
class JerseyDocumentRaceTest extends DocumentRaceTest {
    @Override
    int rounds() {
        return 10;
    }
}
