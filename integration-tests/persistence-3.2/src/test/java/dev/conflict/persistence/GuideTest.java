package dev.conflict.persistence;

import dev.conflict.jpa.kit.GuideContract;

class GuideTest extends GuideContract {}
