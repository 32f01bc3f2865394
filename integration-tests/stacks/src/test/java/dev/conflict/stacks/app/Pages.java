package dev.conflict.stacks.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What every application has beside its framework. */
final class Pages {
    private Pages() {}

    /** Shows that a connection still serves. */
    static final class Ping extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("pong");
        }
    }

    /** The application's error page. */
    static final class Failure extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                    .printf(
                            "page %s %s",
                            request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE),
                            request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE));
        }
    }
}
