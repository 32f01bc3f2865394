package dev.conflict.example;

import org.junit.jupiter.api.Nested;

/** The workspace with Spring Boot. */
class SpringBootWorkspaceTest extends WorkspaceContract {
    @Nested
    class WritingEndpointsRace extends WritingEndpointsRaceTest {}
}
