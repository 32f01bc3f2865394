package dev.conflict.persistence;

import dev.conflict.jpa.kit.UnloadedContract;

class UnloadedTest extends UnloadedContract {}
