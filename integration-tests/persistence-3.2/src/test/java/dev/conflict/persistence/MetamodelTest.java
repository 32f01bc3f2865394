package dev.conflict.persistence;

import dev.conflict.jpa.kit.MetamodelContract;

class MetamodelTest extends MetamodelContract {}
