package dev.conflict.jpa;

import dev.conflict.jpa.kit.RaceContract;

class RaceTest extends RaceContract {}
