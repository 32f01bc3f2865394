package dev.conflict.jpa;

import dev.conflict.jpa.kit.ConcurrencyContract;

class ConcurrencyTest extends ConcurrencyContract {}
