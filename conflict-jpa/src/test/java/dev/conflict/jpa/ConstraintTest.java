package dev.conflict.jpa;

import dev.conflict.jpa.kit.ConstraintContract;

class ConstraintTest extends ConstraintContract {}
