package dev.conflict.example;

import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/** Two people who may sign in. A real application asks its directory, and its code holds no password. */
final class Accounts {
    static final String ADMINISTRATOR = "administrator";

    private Accounts() {}

    /** Has the container sign in whoever sends credentials; nobody has to. */
    static void register(Tomcat tomcat, Context context) {
        tomcat.addUser("ada", "lovelace");
        tomcat.addRole("ada", ADMINISTRATOR);
        tomcat.addUser("charles", "babbage");
        context.setLoginConfig(new LoginConfig("BASIC", "workspace", null, null));
        context.setPreemptiveAuthentication(true);
        context.getPipeline().addValve(new BasicAuthenticator());
    }
}
