/** For users' own tests: assertions on problems, and races that prove or disprove lost updates. */
module dev.conflict.test {
    requires transitive dev.conflict.core;
    requires transitive java.net.http;
    requires static transitive org.jspecify;

    exports dev.conflict.test;
}
