package dev.conflict.persistence;

import dev.conflict.jpa.kit.StatementsContract;

class StatementsTest extends StatementsContract {}
