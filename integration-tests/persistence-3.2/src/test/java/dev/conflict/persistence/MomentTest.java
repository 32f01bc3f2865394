package dev.conflict.persistence;

import dev.conflict.jpa.kit.MomentContract;

class MomentTest extends MomentContract {}
