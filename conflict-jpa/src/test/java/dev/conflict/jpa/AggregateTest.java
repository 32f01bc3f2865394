package dev.conflict.jpa;

import dev.conflict.jpa.kit.AggregateContract;

class AggregateTest extends AggregateContract {}
