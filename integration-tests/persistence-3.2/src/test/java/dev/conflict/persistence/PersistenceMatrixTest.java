package dev.conflict.persistence;

import dev.conflict.jpa.matrix.MatrixContract;

class PersistenceMatrixTest extends MatrixContract {}
