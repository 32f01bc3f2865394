package dev.conflict.jpa;

import dev.conflict.jpa.kit.ShownContract;

class ShownTest extends ShownContract {}
