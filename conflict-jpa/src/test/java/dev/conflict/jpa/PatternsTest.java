package dev.conflict.jpa;

import dev.conflict.jpa.kit.PatternsContract;

class PatternsTest extends PatternsContract {}
