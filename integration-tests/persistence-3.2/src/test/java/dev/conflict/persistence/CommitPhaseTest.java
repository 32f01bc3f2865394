package dev.conflict.persistence;

import dev.conflict.jpa.kit.CommitPhaseContract;

class CommitPhaseTest extends CommitPhaseContract {}
