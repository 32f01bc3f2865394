package dev.conflict.sql;

import java.sql.SQLException;

/** How one product words its failures. Implementations load no class of a driver and are safe for many threads. */
interface Dialect {
    /** Tells whether an exception is this product's, by the name of its class: codes mean different things elsewhere. */
    boolean knows(SQLException thrown);

    /** Reads one exception of this product, without what it is linked to. */
    SqlFailure read(SQLException thrown);
}
