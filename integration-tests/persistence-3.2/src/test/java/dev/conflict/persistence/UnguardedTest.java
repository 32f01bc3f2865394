package dev.conflict.persistence;

import dev.conflict.jpa.kit.UnguardedContract;

class UnguardedTest extends UnguardedContract {}
