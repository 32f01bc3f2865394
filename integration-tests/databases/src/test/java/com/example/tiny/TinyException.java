package com.example.tiny;

import java.sql.SQLException;

/** What the driver throws. */
public final class TinyException extends SQLException {
    private static final long serialVersionUID = 1;

    /** Creates one with a code. */
    public TinyException(int code) {
        super("x", "X0007", code);
    }
}
