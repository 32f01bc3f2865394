package dev.conflict.example;

import dev.conflict.harness.DatabaseEngine;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 1 as the workspace plays it, with Spring Boot. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class SpringBootVersionMismatchTest extends VersionMismatchScenarioTest {}
