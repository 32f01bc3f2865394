package dev.conflict.stacks.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The outermost filter: it knows when a dispatch is over, and remembers what nobody further in answered. */
final class Watch implements Filter {
    private static final String RETURNED = Watch.class.getName();

    private final ExecutorService workers = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "worker");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String lastThrown = "";

    /** The innermost cause of the last exception, empty if there was none. */
    String lastThrown() {
        return lastThrown;
    }

    void register(ServletContext context) {
        context.setAttribute(RETURNED, this);
        add(context, "watch", this);
    }

    static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    /** Runs something in another thread, when every filter of this dispatch has returned. */
    static void afterReturn(ServletRequest request, Runnable work) {
        Watch watch = (Watch) request.getServletContext().getAttribute(RETURNED);
        CompletableFuture<?> returned = (CompletableFuture<?>) request.getAttribute(RETURNED);
        watch.workers.execute(() -> {
            returned.join();
            work.run();
        });
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CompletableFuture<Void> returned = new CompletableFuture<>();
        request.setAttribute(RETURNED, returned);
        try {
            chain.doFilter(request, response);
        } catch (Throwable thrown) {
            lastThrown = innermost(thrown).toString();
            throw thrown;
        } finally {
            returned.complete(null);
        }
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }

    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }
}
