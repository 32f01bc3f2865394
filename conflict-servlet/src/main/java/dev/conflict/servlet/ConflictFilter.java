package dev.conflict.servlet;

import dev.conflict.ConflictReader;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the conflicts that servlets throw, with problems as RFC 9457 has them, and leaves everything else as it is.
 *
 * <pre>{@code
 * ConflictFilter.register(servletContext, "/*");
 * }</pre>
 *
 * or in {@code web.xml}, before every other filter:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>conflict</filter-name>
 *   <filter-class>dev.conflict.servlet.ConflictFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>typeBase</param-name>
 *     <param-value>https://api.example.org/problems/</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>conflict</filter-name>
 *   <url-pattern>/*</url-pattern>
 *   <dispatcher>REQUEST</dispatcher>
 *   <dispatcher>ASYNC</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>A request passes in this order:
 *
 * <ol>
 *   <li>The application gets the response in a wrapper that holds a {@code sendError} back, since some frameworks report
 *       an error before they throw its cause.
 *   <li>If nothing is thrown, a {@code sendError} is made up for; a success gets the tag that
 *       {@link ConditionalRequest#respondWith} offered; the listeners hear of guarded and unguarded writes.
 *   <li>If something is thrown that stands for a conflict or a problem, itself or by one of its causes, and the response is
 *       not committed, the answer is that problem. Header fields stay (cookies, CORS, tracing) unless they describe the
 *       success that was about to be sent.
 *   <li>Whatever else is thrown goes on, after the {@code sendError} that preceded it: the page is the container's own.
 * </ol>
 *
 * <p>An exception that is thrown after {@code startAsync()} goes on too, since another thread may be using the response;
 * the problem is then sent when the container reports the error to the listeners of the asynchronous cycle. Code that
 * answers in a thread of its own calls {@link ConflictResponses#send}, and sets {@code ETag} itself.
 *
 * <p>One filter serves many requests at once. It does not wrap the request, buffers no body, and does not see what an
 * error page throws. Some containers end a forward otherwise when the response is wrapped, by whatever filter: Undertow
 * flushes it (so that a small body comes in chunks), Tomcat 10.1 closes it (so that nothing can be answered after it;
 * {@code suspendWrappedResponseAfterForward} changes that).
 */
public final class ConflictFilter implements Filter {
    private static final String NAME = ConflictFilter.class.getName();
    private static final String TYPE_BASE = "typeBase";
    private static final Set<String> WRITES = Set.of("PUT", "PATCH", "DELETE", "POST");

    private final ProblemTranslator.Builder configuration;
    private volatile @Nullable ProblemTranslator translator;

    /** Creates a filter for {@code web.xml}, configured by its init-params: {@code typeBase}. */
    public ConflictFilter() {
        this(ProblemTranslator.builder());
    }

    private ConflictFilter(ProblemTranslator.Builder configuration) {
        this.configuration = configuration;
    }

    /**
     * Registers a filter with the defaults, before the filters that are declared, for requests and asynchronous dispatches.
     *
     * @param context the application, while it starts
     * @param patterns the URL patterns, usually one, {@code "/*"}
     * @throws IllegalStateException if the application has a filter of this class already, or has started
     * @throws IllegalArgumentException if there is no pattern
     */
    public static void register(ServletContext context, String... patterns) {
        builder().register(context, patterns);
    }

    /**
     * Starts a configuration.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Loads the readers on the application's class path.
     *
     * @throws ServletException if an init-param is unknown, or its value is not valid
     * @throws IllegalStateException if a reader is announced that cannot be loaded
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        for (String name : Collections.list(config.getInitParameterNames())) {
            configure(config.getFilterName(), name, config.getInitParameter(name));
        }
        translator = configuration.build(config.getServletContext().getClassLoader());
    }

    private void configure(String filter, String name, String value) throws ServletException {
        String what = "The filter \"" + filter + "\" has the init-param " + name + " = \"" + value + "\", ";
        if (!name.equals(TYPE_BASE)) {
            throw new ServletException(what + "which is unknown; known is " + TYPE_BASE);
        }
        try {
            configuration.typeBase(value);
        } catch (IllegalArgumentException wrong) {
            throw new ServletException(
                    what + "which is not valid; it takes an absolute URI that ends with / : or #, "
                            + "such as https://api.example.org/problems/",
                    wrong);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ProblemTranslator edge = translator;
        if (edge == null) {
            throw new IllegalStateException(
                    "The filter was not initialised: init(FilterConfig) has to be called first");
        }
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || request.getDispatcherType() == DispatcherType.ERROR) {
            chain.doFilter(request, response);
            return;
        }
        Exchange exchange = Exchange.of(request);
        if (!exchange.enter(edge)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            pass(edge, exchange, http, answer, chain);
        } finally {
            exchange.leave();
        }
    }

    private static void pass(
            ProblemTranslator edge,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        // Undertow dispatches with the response that the application had; one wrapper is enough.
        GuardedResponse guarded =
                response instanceof GuardedResponse again ? again : new GuardedResponse(request, response, exchange);
        guarded.enter();
        try {
            chain.doFilter(request, guarded);
        } catch (Throwable thrown) {
            if (!answers(edge, exchange, request, guarded, thrown)) {
                leave(request, guarded, thrown);
                throw thrown;
            }
            return;
        }
        guarded.leave();
        if (!request.isAsyncStarted()) {
            guarded.tag();
            report(edge.listener(), exchange, request, guarded.getStatus());
        }
    }

    private static boolean answers(
            ProblemTranslator edge,
            Exchange exchange,
            HttpServletRequest request,
            GuardedResponse guarded,
            Throwable thrown) {
        HttpServletResponse response = guarded.original();
        if (request.isAsyncStarted()) {
            if (!response.isCommitted() && edge.knows(thrown)) {
                answerOnError(request, new AnswerOnError(edge, exchange, request, response, thrown));
            }
            return false;
        }
        if (!Refusal.answer(edge, exchange, request, response, thrown)) {
            return false;
        }
        guarded.abandon();
        return true;
    }

    private static void answerOnError(HttpServletRequest request, AnswerOnError listener) {
        try {
            request.getAsyncContext().addListener(listener);
        } catch (IllegalStateException completed) {
            // The other thread was faster: the response is its own.
        }
    }

    /** Makes up for what was held back; whatever becomes of it, what was thrown is thrown. */
    private static void leave(HttpServletRequest request, GuardedResponse guarded, Throwable thrown) {
        try {
            guarded.leave();
            if (!request.isAsyncStarted()) {
                guarded.removeTag();
            }
        } catch (IOException | RuntimeException broken) {
            Refusal.suppress(broken, thrown);
        }
    }

    private static void report(ConflictListener listener, Exchange exchange, HttpServletRequest request, int status) {
        if (status < 200 || status > 299 || !WRITES.contains(request.getMethod())) {
            return;
        }
        ConditionalRequest ledger = exchange.ledger(request);
        ledger.statedIn()
                .ifPresent(header -> listener.on(
                        ledger.isEvaluated()
                                ? new ConflictEvent.GuardedWrite(request.getMethod())
                                : new ConflictEvent.UnguardedWrite(request.getMethod(), header)));
    }

    /** Collects the configuration of a filter. Not safe for use by many threads; one builder gives one filter. */
    public static final class Builder {
        private final ProblemTranslator.Builder configuration = ProblemTranslator.builder();

        private Builder() {}

        /**
         * Adds a reader of exceptions, asked before those on the class path.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder reader(ConflictReader reader) {
            configuration.reader(reader);
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener hears of refusals and of successful writes
         * @return this builder
         */
        public Builder listener(ConflictListener listener) {
            configuration.listener(listener);
            return this;
        }

        /**
         * Sets what precedes the names of types in their URIs.
         *
         * @param base an absolute URI that ends with a slash, a colon or a hash sign
         * @return this builder
         * @throws IllegalArgumentException if the base is no absolute URI, or ends otherwise
         */
        public Builder typeBase(String base) {
            configuration.typeBase(base);
            return this;
        }

        /**
         * Sets the clock that dates problems.
         *
         * @param clock the clock, the system's unless set
         * @return this builder
         */
        public Builder clock(Clock clock) {
            configuration.clock(clock);
            return this;
        }

        /**
         * Returns the filter, for a framework that registers it itself.
         *
         * @return a filter to be initialised by its container
         */
        public ConflictFilter build() {
            return new ConflictFilter(configuration);
        }

        /**
         * Registers the filter before the filters that are declared, for requests and asynchronous dispatches.
         *
         * @param context the application, while it starts
         * @param patterns the URL patterns, usually one, {@code "/*"}
         * @throws IllegalStateException if the application has a filter of this class already, or has started
         * @throws IllegalArgumentException if there is no pattern
         */
        public void register(ServletContext context, String... patterns) {
            if (patterns.length == 0) {
                throw new IllegalArgumentException("A filter without a URL pattern filters nothing; use \"/*\"");
            }
            for (FilterRegistration declared : context.getFilterRegistrations().values()) {
                if (NAME.equals(declared.getClassName())) {
                    throw registered(declared.getName());
                }
            }
            FilterRegistration.Dynamic registration = context.addFilter(NAME, build());
            if (registration == null) {
                throw registered(NAME);
            }
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, patterns);
        }

        private static IllegalStateException registered(String name) {
            return new IllegalStateException("The application has a ConflictFilter already, by the name \"" + name
                    + "\"; one filter answers all conflicts, give it all patterns");
        }
    }
}
