package dev.conflict.jpa;

import dev.conflict.jpa.kit.EntityVersionsContract;

class EntityVersionsTest extends EntityVersionsContract {}
