package dev.conflict.jaxrs;

/** Looks for what this module uses where it is there. */
final class Presence {
    private Presence() {}

    static boolean of(String className) {
        try {
            Class.forName(className, false, Presence.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
