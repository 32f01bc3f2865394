package dev.conflict.persistence;

import dev.conflict.jpa.kit.ConcurrencyContract;

class ConcurrencyTest extends ConcurrencyContract {}
