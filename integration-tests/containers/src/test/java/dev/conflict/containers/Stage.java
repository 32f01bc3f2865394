package dev.conflict.containers;

import dev.conflict.containers.ServletServer.Application;
import dev.conflict.containers.ServletServer.ErrorPage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;

/**
 * The application in which scenarios are played, once on a server with the filter and once without.
 *
 * <p>A request to {@code /play/<scenario>} runs the scenario; what the scenario sees it writes into the journal of the
 * request, which belongs to the record as much as the bytes do. {@code /target} runs the scenario's second act, for
 * forwards, includes and dispatches.
 */
final class Stage implements AutoCloseable {
    /** Something that happens in a servlet. */
    @FunctionalInterface
    interface Act {
        void play(Call call) throws Exception;
    }

    /**
     * A scenario.
     *
     * @param name its name
     * @param act what the servlet does
     * @param target what the servlet at {@code /target} does
     */
    record Scenario(String name, Act act, Act target) {
        Scenario(String name, Act act) {
            this(name, act, call -> call.response().getWriter().print("target"));
        }
    }

    private static final String RETURNED = Stage.class.getName() + ".returned";
    private static final String ORIGINAL = Stage.class.getName() + ".scenario";

    private final Map<String, Scenario> scenarios = new ConcurrentHashMap<>();
    private final Map<String, List<String>> journals = new ConcurrentHashMap<>();
    private final Map<String, List<CompletableFuture<Void>>> dispatches = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> workers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "worker");
        thread.setDaemon(true);
        return thread;
    });
    private ServletServer server;

    private Stage() {
        LogManager.getLogManager().reset(); // every exception that is thrown on purpose would be printed
    }

    /** Starts a stage on a container; the filters are registered as given, the outermost of all only watches. */
    static Stage start(ServletServer.Container container, ServletServer.Start filters, List<ErrorPage> errorPages)
            throws Exception {
        Stage stage = new Stage();
        stage.server = container.start(new Application(context -> stage.open(context, filters), errorPages));
        return stage;
    }

    private void open(ServletContext context, ServletServer.Start filters) throws ServletException {
        FilterRegistration.Dynamic watch = context.addFilter("watch", (Filter) (request, response, chain) -> {
            CompletableFuture<Void> returned = new CompletableFuture<>();
            request.setAttribute(RETURNED, returned);
            dispatchesOf(request).add(returned);
            try {
                chain.doFilter(request, response);
            } finally {
                returned.complete(null);
            }
        });
        watch.setAsyncSupported(true);
        watch.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        filters.with(context);
        add(context, "play", "/play/*", new Player(false));
        add(context, "target", "/target", new Player(true));
        add(context, "error", "/error", new ErrorServlet());
        add(context, "ping", "/ping", new PingServlet());
    }

    /** The dispatches of a request, in the order in which they came. */
    private List<CompletableFuture<Void>> dispatchesOf(ServletRequest request) {
        String path = ((HttpServletRequest) request).getRequestURI();
        Object scenario = request.getAttribute(ORIGINAL);
        return dispatches.computeIfAbsent(
                scenario != null ? (String) scenario : path.substring(path.lastIndexOf('/') + 1),
                name -> new CopyOnWriteArrayList<>());
    }

    private static void add(ServletContext context, String name, String pattern, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(pattern);
    }

    int port() {
        return server.port();
    }

    void put(Scenario scenario) {
        scenarios.put(scenario.name(), scenario);
    }

    /** Plays a request, and returns what came back and what the scenario saw. */
    String play(Scenario scenario, String method, String header, String body) throws Exception {
        put(scenario);
        String id = scenario.name();
        journals.put(id, new CopyOnWriteArrayList<>());
        dispatches.remove(id);
        workers.remove(id);
        String request = method + " /play/" + id + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n" + body;
        String bytes = RawClient.exchange(
                server.port(), request, "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        // A container may have sent everything before the servlet has returned.
        for (CompletableFuture<Void> dispatch : dispatches.getOrDefault(id, List.of())) {
            await(id, dispatch);
        }
        await(id, workers.getOrDefault(id, CompletableFuture.completedFuture(null)));
        return journals.get(id).stream().reduce(bytes, (record, note) -> record + "\n" + note);
    }

    private void await(String id, CompletableFuture<Void> end) throws InterruptedException {
        try {
            end.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            journals.get(id).add("worker threw " + thrown.getCause());
        } catch (TimeoutException never) {
            journals.get(id).add("never ended");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.close();
    }

    /** What a scenario has at hand. */
    record Call(Stage stage, Scenario scenario, HttpServletRequest request, HttpServletResponse response) {
        /** Notes what the application saw. */
        void note(String seen) {
            stage.journals.get(scenario.name()).add(seen);
        }

        /** Runs something and notes which exception it gave, if any. */
        void attempt(String what, Act act) {
            try {
                act.play(this);
                note(what + " ok");
            } catch (Exception thrown) {
                note(what + " threw " + thrown.getClass().getName() + ": " + thrown.getMessage());
            }
        }

        /** Runs something in another thread, at once. */
        CompletableFuture<Void> inWorker(Act act) {
            CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> playQuietly(act), stage.threads);
            stage.workers.put(scenario.name(), worker);
            return worker;
        }

        /** Runs something in another thread when every filter of this dispatch has returned. */
        @SuppressWarnings("unchecked")
        void afterReturn(Act act) {
            CompletableFuture<Void> returned = (CompletableFuture<Void>) request.getAttribute(RETURNED);
            stage.workers.put(scenario.name(), returned.thenRunAsync(() -> playQuietly(act), stage.threads));
        }

        private void playQuietly(Act act) {
            try {
                act.play(this);
            } catch (RuntimeException thrown) {
                throw thrown;
            } catch (Exception thrown) {
                throw new IllegalStateException(thrown);
            }
        }
    }

    private final class Player extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final boolean target;

        Player(boolean target) {
            this.target = target;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (request.getAttribute(ORIGINAL) == null) {
                request.setAttribute(ORIGINAL, request.getPathInfo().substring(1));
            }
            Scenario scenario = scenarios.get((String) request.getAttribute(ORIGINAL));
            try {
                (target ? scenario.target() : scenario.act()).play(new Call(Stage.this, scenario, request, response));
            } catch (ServletException | IOException | RuntimeException thrown) {
                throw thrown;
            } catch (Exception thrown) {
                throw new ServletException(thrown);
            }
        }
    }

    private static final class ErrorServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                    .printf(
                            "page %s %s %s %s %s %s",
                            request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE),
                            request.getAttribute(RequestDispatcher.ERROR_MESSAGE),
                            request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE),
                            request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI),
                            request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME),
                            request.getAttribute("set after sendError"));
        }
    }

    private static final class PingServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("pong");
        }
    }
}
