package dev.conflict.jpa;

import dev.conflict.jpa.kit.LostRaceContract;

class LostRaceTest extends LostRaceContract {}
