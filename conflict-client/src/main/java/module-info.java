/** HTTP clients that state preconditions and resolve refusals. */
module dev.conflict.client {
    requires transitive dev.conflict.core;
    requires transitive java.net.http;
    requires static transitive org.jspecify;
}
