package dev.conflict.persistence;

import dev.conflict.jpa.kit.ShownContract;

class ShownTest extends ShownContract {}
