package dev.conflict.benchmarks;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.Enumeration;

/** Requests and responses that cost as little as they can. */
final class Stub {
    private Stub() {}

    /** An object that answers null, false or zero. */
    static <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Class<?> result = method.getReturnType();
            if (result == boolean.class) {
                return false;
            }
            return result == int.class ? (Object) 0 : result == long.class ? (Object) 0L : null;
        }));
    }

    static HttpServletRequest request(String method, String name, String line) {
        return new HttpServletRequestWrapper(of(HttpServletRequest.class)) {
            private final EvaluateIfMatch.Lines lines = new EvaluateIfMatch.Lines(name, line);
            private Object attribute;

            @Override
            public String getMethod() {
                return method;
            }

            @Override
            public String getHeader(String asked) {
                return asked.equals(name) ? line : null;
            }

            @Override
            public Enumeration<String> getHeaders(String asked) {
                return lines.of(asked);
            }

            @Override
            public long getDateHeader(String asked) {
                return -1;
            }

            @Override
            public Object getAttribute(String key) {
                return attribute;
            }

            @Override
            public void setAttribute(String key, Object value) {
                attribute = value;
            }

            @Override
            public boolean isAsyncStarted() {
                return false;
            }

            @Override
            public jakarta.servlet.DispatcherType getDispatcherType() {
                return jakarta.servlet.DispatcherType.REQUEST;
            }
        };
    }

    static HttpServletResponse response() {
        return new HttpServletResponseWrapper(of(HttpServletResponse.class)) {
            @Override
            public int getStatus() {
                return 200;
            }

            @Override
            public boolean isCommitted() {
                return false;
            }

            @Override
            public boolean containsHeader(String name) {
                return false;
            }

            @Override
            public String getHeader(String name) {
                return null;
            }

            @Override
            public void setHeader(String name, String value) {
                // nobody reads it
            }

            @Override
            public int getBufferSize() {
                return 8192;
            }
        };
    }
}
