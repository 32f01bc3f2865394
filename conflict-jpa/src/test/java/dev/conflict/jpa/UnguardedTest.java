package dev.conflict.jpa;

import dev.conflict.jpa.kit.UnguardedContract;

class UnguardedTest extends UnguardedContract {}
