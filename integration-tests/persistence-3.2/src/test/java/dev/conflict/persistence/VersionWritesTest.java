package dev.conflict.persistence;

import dev.conflict.jpa.kit.VersionWritesContract;

class VersionWritesTest extends VersionWritesContract {}
