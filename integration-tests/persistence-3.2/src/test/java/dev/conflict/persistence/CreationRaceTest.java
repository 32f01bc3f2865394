package dev.conflict.persistence;

import dev.conflict.jpa.kit.CreationRaceContract;

class CreationRaceTest extends CreationRaceContract {}
