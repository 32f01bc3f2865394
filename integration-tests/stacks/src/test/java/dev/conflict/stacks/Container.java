package dev.conflict.stacks;

import java.nio.file.Path;
import java.util.List;

/** A container, by the line whose Servlet API it has. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies that nobody can change
enum Container {
    TOMCAT_10("Tomcat 10.1", Line.EE10, "/org/apache/tomcat/"),
    TOMCAT_11("Tomcat 11", Line.EE11, "/org/apache/tomcat/"),
    JETTY_EE10("Jetty 12.1 ee10", Line.EE10, "/org/eclipse/jetty/", "/jakarta/servlet/"),
    JETTY_EE11("Jetty 12.1 ee11", Line.EE11, "/org/eclipse/jetty/", "/jakarta/servlet/"),
    UNDERTOW(
            "Undertow 2.3",
            Line.EE10,
            "/io/undertow/",
            "/org/jboss/",
            "/org/wildfly/",
            "/io/smallrye/",
            "/jakarta/servlet/",
            "/jakarta/annotation/");

    private final String text;
    private final Line line;
    private final List<String> groups;

    Container(String text, Line line, String... groups) {
        this.text = text;
        this.line = line;
        this.groups = List.of(groups);
    }

    List<Path> jars() {
        return line.jarsOf(groups);
    }

    @Override
    public String toString() {
        return text;
    }
}
