package dev.conflict.jpa;

import dev.conflict.jpa.kit.MappingContract;

class MappingTest extends MappingContract {}
