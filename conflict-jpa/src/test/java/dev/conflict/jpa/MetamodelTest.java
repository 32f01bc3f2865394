package dev.conflict.jpa;

import dev.conflict.jpa.kit.MetamodelContract;

class MetamodelTest extends MetamodelContract {}
