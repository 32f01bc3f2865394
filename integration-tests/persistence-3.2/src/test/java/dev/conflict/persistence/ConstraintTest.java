package dev.conflict.persistence;

import dev.conflict.jpa.kit.ConstraintContract;

class ConstraintTest extends ConstraintContract {}
