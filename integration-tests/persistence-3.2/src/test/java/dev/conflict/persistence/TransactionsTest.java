package dev.conflict.persistence;

import dev.conflict.jpa.kit.TransactionsContract;

class TransactionsTest extends TransactionsContract {}
