package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.apache.tomcat.util.http.FastHttpDateFormat;
import org.jspecify.annotations.Nullable;

/** A servlet's request and response, no more of them than an evaluator looks at; dates are read as Tomcat reads them. */
final class Servlets {
    private Servlets() {}

    static HttpServletRequest request(ConformanceCase asked) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Servlets.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> asked.method();
                    case "getHeader" -> first(asked.values((String) arguments[0]));
                    case "getHeaders" -> Collections.enumeration(asked.values((String) arguments[0]));
                    case "getDateHeader" -> date(first(asked.values((String) arguments[0])));
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    /** As org.apache.catalina.connector.Request does. */
    private static long date(@Nullable String value) {
        if (value == null) {
            return -1;
        }
        long date = FastHttpDateFormat.parseDate(value);
        if (date == -1) {
            throw new IllegalArgumentException(value);
        }
        return date;
    }

    /** A response that remembers its status. */
    static final class Answer {
        int status = HttpServletResponse.SC_OK;

        HttpServletResponse response() {
            return (HttpServletResponse) Proxy.newProxyInstance(
                    Servlets.class.getClassLoader(),
                    new Class<?>[] {HttpServletResponse.class},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "getStatus" -> status;
                        case "setStatus", "sendError" -> {
                            status = (Integer) arguments[0];
                            yield null;
                        }
                        case "isCommitted" -> status >= HttpServletResponse.SC_BAD_REQUEST;
                        case "getHeader", "setHeader", "setDateHeader", "addHeader" -> null;
                        default -> throw new UnsupportedOperationException(method.toString());
                    });
        }

        /** The outcome that a refusing status stands for. */
        String refusal() {
            return Servlets.refusal(status);
        }
    }

    static String refusal(int status) {
        return switch (status) {
            case 304 -> "not-modified";
            case 400 -> "malformed";
            case 412 -> "failed";
            default -> "status " + status;
        };
    }
}
