package dev.conflict.stacks;

/** What an application throws. */
enum Kind {
    STATE(409, "ORDER_ALREADY_SHIPPED"),
    VERSION(412, "VERSION_MISMATCH"),
    REQUIRED(428, "PRECONDITION_REQUIRED"),
    /** An exception that nobody declared. */
    UNKNOWN(500, ""),
    /** The same, with a filter that is told to make problems of those. */
    TOLD(500, "");

    private final int status;
    private final String code;

    Kind(int status, String code) {
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
