package dev.conflict.jpa;

import dev.conflict.jpa.kit.CommitPhaseContract;

class CommitPhaseTest extends CommitPhaseContract {}
