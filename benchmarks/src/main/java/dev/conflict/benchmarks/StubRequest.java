package dev.conflict.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;

/** A first read, without a header, that allocates nothing. */
final class StubRequest extends HttpServletRequestWrapper {
    private static final int ATTRIBUTES = 4;

    private final String[] names = new String[ATTRIBUTES];
    private final Object[] values = new Object[ATTRIBUTES];
    private int attributes;

    StubRequest() {
        super(Stub.of(HttpServletRequest.class));
    }

    void clear() {
        attributes = 0;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public String getHeader(String name) {
        return null;
    }

    @Override
    public long getDateHeader(String name) {
        return -1;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.emptyEnumeration();
    }

    @Override
    public Object getAttribute(String name) {
        for (int i = 0; i < attributes; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public void setAttribute(String name, Object value) {
        for (int i = 0; i < attributes; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        names[attributes] = name;
        values[attributes++] = value;
    }

    @Override
    public void removeAttribute(String name) {
        for (int i = 0; i < attributes; i++) {
            if (names[i].equals(name)) {
                values[i] = null;
            }
        }
    }
}
