package dev.conflict.example;

/** The workspace with Jersey. */
class JerseyWorkspaceTest extends WorkspaceContract {}
