package dev.conflict.persistence;

import dev.conflict.jpa.kit.PatternsContract;

class PatternsTest extends PatternsContract {}
