package dev.conflict.jpa;

import dev.conflict.jpa.kit.CreationRaceContract;

class CreationRaceTest extends CreationRaceContract {}
