package dev.conflict.jaxrs;

import jakarta.ws.rs.Priorities;

/** Priorities; those of filters of responses count backwards. Servers subtract them, so none is near the end of the numbers. */
final class Order {
    /** Before all requests' filters, after all responses' ones. */
    static final int FIRST = -100_000;

    /** Before all responses' filters. */
    static final int LAST = 100_000;

    /** A mapper that comes before one of the application; Jersey takes none below one for a priority. */
    static final int FIRST_MAPPER = 1;

    /** A mapper that leaves its class to one of the application's. */
    static final int AFTER_USER = Priorities.USER + 1;

    private Order() {}
}
