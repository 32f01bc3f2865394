/** The application's Jackson 3 mapper for its own types in problems. */
@SuppressWarnings("module") // the digit is that of the line of Jackson
module dev.conflict.jackson3 {
    requires static transitive org.jspecify;
    requires transitive dev.conflict.core;
    requires transitive tools.jackson.databind;

    exports dev.conflict.jackson3;
}
