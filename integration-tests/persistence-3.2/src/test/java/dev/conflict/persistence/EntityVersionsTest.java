package dev.conflict.persistence;

import dev.conflict.jpa.kit.EntityVersionsContract;

class EntityVersionsTest extends EntityVersionsContract {}
