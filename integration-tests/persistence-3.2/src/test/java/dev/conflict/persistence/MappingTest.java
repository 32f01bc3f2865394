package dev.conflict.persistence;

import dev.conflict.jpa.kit.MappingContract;

class MappingTest extends MappingContract {}
