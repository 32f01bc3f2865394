package dev.conflict.jpa;

import dev.conflict.jpa.kit.MomentContract;

class MomentTest extends MomentContract {}
