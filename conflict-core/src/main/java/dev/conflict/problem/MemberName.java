package dev.conflict.problem;

/** Names of a problem's members: five are RFC 9457's own (§3.1), the others extensions (§3.2). */
final class MemberName {
    static final String DETAIL = "detail";

    private MemberName() {}

    static boolean isStandard(String name) {
        return switch (name) {
            case "type", "title", "status", DETAIL, "instance" -> true;
            default -> false;
        };
    }

    /**
     * Checks the name of an extension member.
     *
     * @throws IllegalArgumentException if the name is that of a standard member, or no letter followed by letters, digits or
     *     underscores
     */
    static void requireExtension(String name) {
        if (isStandard(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is a standard member of RFC 9457; set it by its own method");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A member's name is a letter followed by letters, digits or underscores, not \"" + name + "\"");
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !(c == '_' || (c >= '0' && c <= '9')))) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
