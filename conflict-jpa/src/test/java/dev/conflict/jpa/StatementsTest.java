package dev.conflict.jpa;

import dev.conflict.jpa.kit.StatementsContract;

class StatementsTest extends StatementsContract {}
