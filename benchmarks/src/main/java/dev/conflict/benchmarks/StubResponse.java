package dev.conflict.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** An answer that goes nowhere and allocates nothing. */
final class StubResponse extends HttpServletResponseWrapper {
    private final ServletOutputStream stream = new ServletOutputStream() {
        @Override
        public void write(int octet) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    };

    private final PrintWriter writer = new PrintWriter(Writer.nullWriter());
    private String tag;

    StubResponse() {
        super(Stub.of(HttpServletResponse.class));
    }

    void clear() {
        tag = null;
    }

    String tag() {
        return tag;
    }

    @Override
    public int getStatus() {
        return 200;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public String getHeader(String name) {
        return name.equals("ETag") ? tag : null;
    }

    @Override
    public boolean containsHeader(String name) {
        return name.equals("ETag") && tag != null;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return List.of();
    }

    @Override
    public void setHeader(String name, String value) {
        tag = value;
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public void flushBuffer() {}
}
