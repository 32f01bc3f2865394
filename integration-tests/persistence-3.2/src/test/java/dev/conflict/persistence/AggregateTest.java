package dev.conflict.persistence;

import dev.conflict.jpa.kit.AggregateContract;

class AggregateTest extends AggregateContract {}
