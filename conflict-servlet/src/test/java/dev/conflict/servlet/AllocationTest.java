package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.management.ManagementFactory;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request costs on which nothing happens. */
class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final long MOST_BYTES = 120;

    /** The enumeration of If-Match is the container's and comes on top, with 32 bytes at most. */
    private static final long MOST_BYTES_OF_A_WRITE = 184;

    /** A request that allocates nothing itself, a write if it has a tag. */
    @SuppressWarnings("JdkObsolete") // the Servlet API has enumerations
    private static final class Request extends HttpServletRequestWrapper implements Enumeration<String> {
        private final @Nullable String ifMatch;
        private @Nullable Object attribute;
        private boolean more;

        Request(HttpServletRequest base, @Nullable String ifMatch) {
            super(base);
            this.ifMatch = ifMatch;
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
            return ifMatch == null ? "GET" : "PATCH";
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equals("If-Match") ? ifMatch : null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (!name.equals("If-Match")) {
                throw new AssertionError("A container would make an enumeration for the absent " + name);
            }
            more = true;
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return more;
        }

        @Override
        @SuppressWarnings("NullAway") // asked only where there is one
        public String nextElement() {
            more = false;
            return ifMatch;
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

        @Override
        public boolean containsHeader(String name) {
            return false;
        }

        @Override
        public void setHeader(String name, String value) {}
    }

    private static long bytes(Request request, FilterChain chain) throws Exception {
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder());
        Response response = new Response(Fakes.response());
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
        return least;
    }

    @Test
    void successfulRequestCostsLittle() throws Exception {
        Request request = new Request(Fakes.request("GET", "/"), null);

        assertThat(bytes(request, (r, s) -> {})).isBetween(1L, MOST_BYTES);
    }

    /** Filter, ledger, evaluation, arming, the tag of the answer and the event of the write. */
    @Test
    void guardedWriteCostsLittleMore() throws Exception {
        EntityTag tag = EntityTag.strong("1-7");
        Target target = new Target("Document", 1);
        Validators current = Validators.of(tag);
        Optional<EntityTag> now = Optional.of(tag);
        Supplier<Optional<EntityTag>> offered = () -> now;
        Supplier<Validators> reread = () -> current;
        Request request = new Request(Fakes.request("PATCH", "/"), "\"1-7\"");

        long bytes = bytes(request, (r, s) -> {
            ConditionalRequest conditional = ServletPreconditions.of((HttpServletRequest) r);
            conditional.require(target, current);
            conditional.arm(target, reread);
            conditional.respondWith(offered);
        });

        assertThat(bytes).isBetween(1L, MOST_BYTES_OF_A_WRITE);
    }
}
