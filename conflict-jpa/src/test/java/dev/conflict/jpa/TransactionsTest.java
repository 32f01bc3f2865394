package dev.conflict.jpa;

import dev.conflict.jpa.kit.TransactionsContract;

class TransactionsTest extends TransactionsContract {}
