package dev.conflict.persistence;

import dev.conflict.jpa.kit.LostRaceContract;

class LostRaceTest extends LostRaceContract {}
