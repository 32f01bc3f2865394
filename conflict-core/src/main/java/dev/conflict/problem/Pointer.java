package dev.conflict.problem;

/** A field's JSON Pointer in the form of a URI fragment (RFC 9457 §3, RFC 6901 §6). */
final class Pointer {

    private Pointer() {}

    /**
     * Points to a field that is named as Java names it: members after dots, indexes and keys in brackets.
     *
     * @param field {@code address.zip}, {@code items[0].name}
     * @return {@code #/address/zip}, {@code #/items/0/name}
     */
    static String of(String field) {
        StringBuilder pointer = new StringBuilder(field.length() + 4).append("#/");
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '.' -> pointer.append('/');
                case '[' -> {
                    if (i > 0) {
                        pointer.append('/');
                    }
                }
                case ']' -> {}
                case '~' -> pointer.append("~0");
                case '/' -> pointer.append("~1");
                default -> pointer.append(c);
            }
        }
        return pointer.toString();
    }
}
