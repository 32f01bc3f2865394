package dev.conflict.jpa;

import dev.conflict.jpa.matrix.MatrixContract;

class PersistenceMatrixTest extends MatrixContract {}
