package dev.conflict.servlet;

import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers an entity tag whose application has no version to make one of, and answers 304 to a reader who has them.
 *
 * <pre>{@code
 * EntityTagFilter.register(servletContext, "/*");
 * }</pre>
 *
 * or in {@code web.xml}, after {@link ConflictFilter} and before the filters whose output is to be tagged:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>entity-tag</filter-name>
 *   <filter-class>dev.conflict.servlet.EntityTagFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>maxBodyBytes</param-name>
 *     <param-value>65536</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>entity-tag</filter-name>
 *   <url-pattern>/*</url-pattern>
 * </filter-mapping>
 * <filter-mapping>
 *   <filter-name>entity-tag</filter-name>
 *   <url-pattern>/*</url-pattern>
 *   <dispatcher>FORWARD</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>The second mapping is for Jetty, where nothing else tells that an application forwards by a dispatcher of its {@link
 * ServletContext}. One by name needs the name of the servlet there in place of the pattern; {@code register} sees to all.
 *
 * <p>It holds back the body of a 200 to GET and HEAD until it is complete, puts a hash of it into {@code ETag} and, unless
 * the application did, its size into {@code Content-Length}. What passes untouched, as it is written and without a tag: a
 * body that is larger than the limit or declared to be, flushed before it is complete, empty, or sent with {@code no-store},
 * trailers or a transfer coding; whatever is answered asynchronously or by a forward; every other method and status, errors
 * and redirects.
 * An {@code ETag} of the application's own stays, and so does the tag that {@link ConditionalRequest#respondWith} offered.
 *
 * <p>{@code If-None-Match}, and {@code If-Match}, are held against the tag of what was held back, whoever made it, in the
 * order of RFC 9110 §13.2.2: a 304 has the fields of §15.4.5, a 412 is sent with {@code sendError}. A field that cannot be
 * read is as good as none. This saves the transfer and not the work: the application has run by then. Where a version is
 * known, {@link ServletPreconditions} looks first.
 *
 * <p><b>HEAD.</b> A HEAD is tagged as the GET is, by the body that the application writes for it; {@code HttpServlet} runs
 * {@code doGet}, and the container drops the bytes. An application that writes none for a HEAD gets no tag there, which
 * RFC 9110 §9.3.2 allows.
 *
 * <p><b>Weak or strong.</b> The filter sees the bytes before the container or a proxy compresses them, and a strong tag
 * promises the very bytes that arrive (§8.8.1). So its tags are weak unless it is configured otherwise, which costs a reader
 * nothing, since {@code If-None-Match} compares weakly. With strong tags Tomcat compresses nothing, nginx makes the tag
 * weak when it compresses, and Undertow sends one strong tag with different bytes. Jetty appends {@code --gzip} to either
 * kind, and takes it off again where a GET or POST names it (PUT, PATCH and DELETE keep it); Apache httpd appends {@code -gzip} and leaves it on, so that its readers get no 304 unless
 * {@code DeflateAlterETag NoChange} is set. No tag of this filter guards a write: nothing compares it there.
 *
 * <p>One filter serves many requests at once. A request holds at most the limit and one more buffer of 8 KiB; the filter
 * keeps at most 1 MiB of idle buffers.
 */
public final class EntityTagFilter implements Filter {

    /** A filter of its own, since Jetty runs a filter for "*" at requests too. */
    private static final String FORWARDS = EntityTagFilter.class.getName() + ".forwards";

    private static final int DEFAULT_MAX_BODY_BYTES = 256 * 1024;

    private final Builder configuration;
    private volatile @Nullable HeldRules rules;

    /**
     * Creates a filter for {@code web.xml}, configured by its init-params: {@code maxBodyBytes}, {@code strong},
     * {@code holdFlushed}.
     */
    public EntityTagFilter() {
        this(builder());
    }

    private EntityTagFilter(Builder configuration) {
        this.configuration = configuration;
    }

    /**
     * Registers a filter with the defaults, before the filters that are declared, and after those that were registered so
     * already, for requests, and for all forwards, since a forwarded answer passes.
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
     * Reads the init-params.
     *
     * @throws ServletException if an init-param is unknown, or its value is not valid
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        for (String name : Collections.list(config.getInitParameterNames())) {
            String value = config.getInitParameter(name);
            String wrong = configuration.set(name, value);
            if (wrong != null) {
                throw new ServletException("The filter \"" + config.getFilterName() + "\" has the init-param " + name
                        + " = \"" + value + "\", " + wrong);
            }
        }
        rules = configuration.rules();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HeldRules present = rules;
        if (present == null) {
            throw new IllegalStateException(
                    "The filter was not initialised: init(FilterConfig) has to be called first");
        }
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && request.getDispatcherType() == DispatcherType.REQUEST
                && isRead(http.getMethod())) {
            pass(http, new HeldResponse(http, answer, present), chain);
        } else {
            passForward(request, response, chain);
        }
    }

    private static void passForward(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.FORWARD) {
            forward(request);
        }
        chain.doFilter(request, response);
    }

    /** Whichever dispatcher it came from; Jetty forwards behind every wrapper's back. */
    private static void forward(ServletRequest forwarded) throws IOException {
        ServletRequest request = forwarded;
        while (request instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof Request held) {
                held.held.forward();
            }
            request = wrapper.getRequest();
        }
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static void pass(HttpServletRequest request, HeldResponse held, FilterChain chain)
            throws IOException, ServletException {
        boolean returned = false;
        try {
            chain.doFilter(new Request(request, held), held);
            returned = true;
        } finally {
            if (!returned) {
                held.abandon();
            }
        }
        held.finish();
    }

    /** The request as the application sees it: nothing is held when it starts what ends the response elsewhere. */
    private static final class Request extends HttpServletRequestWrapper {
        private final HeldResponse held;

        Request(HttpServletRequest request, HeldResponse held) {
            super(request);
            this.held = held;
        }

        @Override
        public AsyncContext startAsync() {
            held.releaseUnchecked();
            return super.startAsync();
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            held.releaseUnchecked();
            return super.startAsync(request, response);
        }

        @Override
        public @Nullable RequestDispatcher getRequestDispatcher(String path) {
            RequestDispatcher dispatcher = super.getRequestDispatcher(path);
            return dispatcher == null ? null : new Dispatcher(dispatcher, held);
        }
    }

    /**
     * Says when a forward begins.
     *
     * @param container what it is to the container
     * @param held the response
     */
    private record Dispatcher(RequestDispatcher container, HeldResponse held) implements RequestDispatcher {
        @Override
        public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            held.forward();
            container.forward(request, response);
        }

        @Override
        public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            container.include(request, response);
        }
    }

    /** Collects the configuration of a filter. Not safe for use by many threads; one builder gives one filter. */
    public static final class Builder {
        private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private boolean strong;
        private boolean flushed;

        private Builder() {}

        /**
         * Sets the size of the largest body that gets a tag; larger ones pass through.
         *
         * @param bytes the size in bytes, 262144 unless set
         * @return this builder
         * @throws IllegalArgumentException if the size is less than 1
         */
        public Builder maxBodyBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(
                        "No body has " + bytes + " bytes and a tag; maxBodyBytes starts at 1");
            }
            maxBodyBytes = bytes;
            return this;
        }

        /**
         * Makes the tags strong, for a server whose bytes nobody compresses on their way; see the type for what becomes of
         * them otherwise.
         *
         * @return this builder
         */
        public Builder strong() {
            strong = true;
            return this;
        }

        /**
         * Holds a body on when it is flushed, for frameworks that flush it at its end, as Spring MVC does with a
         * {@code ResponseEntity}.
         *
         * <p>A body that is streamed from the request's own thread then arrives at its end only, or when it exceeds the
         * limit. What is answered asynchronously (server-sent events, streams of Spring MVC) passes as ever.
         *
         * @return this builder
         */
        public Builder holdFlushed() {
            flushed = true;
            return this;
        }

        private @Nullable String set(String name, String value) {
            switch (name) {
                case "maxBodyBytes" -> {
                    try {
                        maxBodyBytes(Integer.parseInt(value));
                    } catch (IllegalArgumentException wrong) {
                        return "which is not valid; it takes a number of bytes from 1 on, such as "
                                + DEFAULT_MAX_BODY_BYTES;
                    }
                }
                case "strong", "holdFlushed" -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        return "which is not valid; it takes true or false";
                    }
                    strong = name.equals("strong") ? value.equals("true") : strong;
                    flushed = name.equals("holdFlushed") ? value.equals("true") : flushed;
                }
                default -> {
                    return "which is unknown; known are maxBodyBytes, strong and holdFlushed";
                }
            }
            return null;
        }

        private HeldRules rules() {
            return new HeldRules(maxBodyBytes, strong, flushed, new ChunkPool());
        }

        /**
         * Returns the filter, for a framework that registers it itself.
         *
         * @return a filter to be initialised by its container
         */
        public EntityTagFilter build() {
            return new EntityTagFilter(this);
        }

        /**
         * Registers the filter before the filters that are declared, and after those that were registered so already, for
         * requests, and for all forwards, since a forwarded answer passes.
         *
         * @param context the application, while it starts
         * @param patterns the URL patterns, usually one, {@code "/*"}
         * @throws IllegalStateException if the application has a filter of this class already, or has started
         * @throws IllegalArgumentException if there is no pattern
         */
        public void register(ServletContext context, String... patterns) {
            new Registration("an EntityTagFilter", "one tag is enough, give it all patterns")
                    .register(context, build(), EnumSet.of(DispatcherType.REQUEST), patterns);
            FilterRegistration.Dynamic forwards = context.addFilter(FORWARDS, (Filter) EntityTagFilter::passForward);
            if (forwards != null) {
                forwards.setAsyncSupported(true);
                forwards.addMappingForServletNames(EnumSet.of(DispatcherType.FORWARD), false, "*");
            }
        }
    }
}
