package dev.conflict.example;

/** The race of the workspace, with Jersey. */
class JerseyDocumentRaceTest extends DocumentRaceTest {}
