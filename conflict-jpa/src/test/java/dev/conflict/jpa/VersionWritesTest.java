package dev.conflict.jpa;

import dev.conflict.jpa.kit.VersionWritesContract;

class VersionWritesTest extends VersionWritesContract {}
