package dev.conflict.jpa;

import dev.conflict.jpa.kit.UnloadedContract;

class UnloadedTest extends UnloadedContract {}
