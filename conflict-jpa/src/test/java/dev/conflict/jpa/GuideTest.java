package dev.conflict.jpa;

import dev.conflict.jpa.kit.GuideContract;

class GuideTest extends GuideContract {}
