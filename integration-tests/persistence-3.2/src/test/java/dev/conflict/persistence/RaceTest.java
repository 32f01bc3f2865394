package dev.conflict.persistence;

import dev.conflict.jpa.kit.RaceContract;

class RaceTest extends RaceContract {}
