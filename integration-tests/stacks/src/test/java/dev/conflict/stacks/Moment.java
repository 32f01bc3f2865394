package dev.conflict.stacks;

/** When an application throws. */
enum Moment {
    BEFORE("before output"),
    PARTIAL("after partial output"),
    WRITER("writer taken"),
    COMMITTED("after commit"),
    ASYNC_FIRST("async 1"),
    ASYNC_SECOND("async 2"),
    ASYNC_THIRD("async 3");

    private final String text;

    Moment(String text) {
        this.text = text;
    }

    boolean isAsync() {
        return compareTo(ASYNC_FIRST) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
