package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request costs on which nothing happens. */
class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final long MOST_BYTES = 200;

    /** A request that allocates nothing itself. */
    private static final class Request extends HttpServletRequestWrapper {
        private @Nullable Object attribute;

        Request(HttpServletRequest base) {
            super(base);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attribute;
        }

        @Override
        public void setAttribute(String name, Object value) {
            attribute = value;
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
        public String getMethod() {
            return "GET";
        }
    }

    private static final class Response extends HttpServletResponseWrapper {
        Response(HttpServletResponse base) {
            super(base);
        }

        @Override
        public int getStatus() {
            return 200;
        }

        @Override
        public boolean isCommitted() {
            return false;
        }
    }

    @Test
    void successfulRequestCostsLittle() throws Exception {
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder());
        Request request = new Request(Fakes.request("GET", "/"));
        Response response = new Response(Fakes.response());
        FilterChain chain = (r, s) -> {};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;

        for (int batch = 0; batch < 5; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                request.attribute = null;
                filter.doFilter(request, response, chain);
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
        }

        assertThat(least).isBetween(1L, MOST_BYTES);
    }
}
