package dev.conflict.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a driver tells beside its class: the codes and a text. SQL exceptions have them, and those of R2DBC.
 *
 * @param thrown the driver's exception
 * @param sqlState the SQLState, empty if the driver tells none
 * @param code the product's own code, 0 if it tells none
 * @param text what the server wrote, empty if it is not known
 */
record VendorError(Throwable thrown, String sqlState, int code, String text) {
    private static final String REACTIVE = "io.r2dbc.spi.R2dbcException";

    static VendorError of(SQLException thrown) {
        return new VendorError(thrown, known(thrown.getSQLState()), thrown.getErrorCode(), known(thrown.getMessage()));
    }

    /** Reads an exception of R2DBC, which is no SQL exception; null if it is none. */
    static @Nullable VendorError ofReactive(Throwable thrown) {
        for (Class<?> each = thrown.getClass(); each != RuntimeException.class; each = each.getSuperclass()) {
            if (each == Object.class || each == Exception.class) {
                return null;
            }
            if (each.getName().equals(REACTIVE)) {
                Object code = Accessors.call(thrown, "getErrorCode");
                return new VendorError(
                        thrown,
                        known(Accessors.text(thrown, "getSqlState")),
                        code instanceof Integer number ? number : 0,
                        known(thrown.getMessage()));
            }
        }
        return null;
    }

    boolean isOfClass(String stateClass) {
        return sqlState.startsWith(stateClass);
    }

    private static String known(@Nullable String text) {
        return text == null ? "" : text;
    }
}
