package dev.conflict.example;

/** The race of the workspace, with Spring Boot. */
class SpringBootDocumentRaceTest extends DocumentRaceTest {}
