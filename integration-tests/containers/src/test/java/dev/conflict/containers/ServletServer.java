package dev.conflict.containers;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.List;

/** One application in a running servlet container, on a port of its own. */
public interface ServletServer extends AutoCloseable {
    /** The port that it listens to on the loopback interface. */
    int port();

    /** Stops the container. */
    @Override
    void close();

    /** A make of servlet container. */
    @FunctionalInterface
    interface Container {
        /** Starts it with one application at the root. */
        ServletServer start(Application application) throws Exception;
    }

    /**
     * An application.
     *
     * @param start what it does when it starts: registers servlets, filters, listeners
     * @param errorPages the error pages, which servlets cannot register themselves
     */
    record Application(Start start, List<ErrorPage> errorPages) {}

    /** What an application does when it starts. */
    @FunctionalInterface
    interface Start {
        /** Starts the application. */
        void with(ServletContext context) throws ServletException;
    }

    /**
     * An error page for a status, or for an exception.
     *
     * @param status the status, 0 for an exception
     * @param exception the exception's class name, empty for a status
     * @param path where the page is
     */
    record ErrorPage(int status, String exception, String path) {
        /** A page for a status. */
        public static ErrorPage of(int status, String path) {
            return new ErrorPage(status, "", path);
        }

        /** A page for an exception. */
        public static ErrorPage of(Class<? extends Throwable> exception, String path) {
            return new ErrorPage(0, exception.getName(), path);
        }
    }
}
