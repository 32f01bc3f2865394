package dev.conflict.servlet;

import dev.conflict.ConflictReader;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the conflicts that servlets throw, with problems as RFC 9457 has them, and leaves everything else as it is.
 *
 * <pre>{@code
 * ConflictFilter.register(servletContext, "/*");
 * }</pre>
 *
 * or in {@code web.xml}, as {@linkplain dev.conflict.servlet this package} shows.
 *
 * <p>A request passes in this order:
 *
 * <ol>
 *   <li>A write to a resource whose {@linkplain Builder#validators validators are told early} is refused before its content
 *       is read, if it will be refused anyway.
 *   <li>The application gets the response in a wrapper that holds a {@code sendError} back, since some frameworks report
 *       an error before they throw its cause.
 *   <li>If nothing is thrown, a {@code sendError} is made up for; a success gets the tag that
 *       {@link ConditionalRequest#respondWith} offered, and if it answers a read whose application says nothing to caches
 *       ({@code Cache-Control}, {@code Expires}, {@code Pragma}), {@code Cache-Control: private, no-cache}; the listeners
 *       hear of guarded and unguarded writes.
 *   <li>If something is thrown that stands for a conflict or a problem, itself or by one of its causes, and the response is
 *       not committed, the answer is that problem. Header fields stay (cookies, CORS, tracing) unless they describe the
 *       success that was about to be sent.
 *   <li>Whatever else is thrown goes on, after the {@code sendError} that preceded it: the page is the container's own.
 *       {@link Builder#problemsForErrors} and {@link Builder#problemsForExceptions} change that.
 * </ol>
 *
 * <p>An exception that is thrown after {@code startAsync()} goes on too, since another thread may be using the response;
 * the problem is then sent when the container reports the error to the listeners of the asynchronous cycle. Code that
 * answers in a thread of its own calls {@link ConflictResponses#send}, and sets {@code ETag} itself.
 *
 * <p>One filter serves many requests at once. It does not wrap the request, buffers no body, and does not see what an
 * error page throws.
 */
public final class ConflictFilter implements Filter {
    private final Configuration configuration;
    private volatile @Nullable Edge edge;

    /**
     * Creates a filter for {@code web.xml}, configured by its init-params, which do what the methods of {@link Builder} and
     * of {@link ProblemTranslator.Builder} do that have their names.
     *
     * <ul>
     *   <li>{@code strict}, {@code tagOnPut}, {@code reportOnly}, {@code problemsForErrors}, {@code errorMessages} and
     *       {@code problemsForExceptions}: each {@code true} or {@code false}
     *   <li>{@code typeBase}: a URI
     *   <li>{@code errorCodeHeader}: the name of a header field
     *   <li>{@code defaultLanguage}: the tag of a language
     *   <li>{@code messages}: a base name and the tags of its languages, {@code com.example.problems en fr}
     * </ul>
     */
    public ConflictFilter() {
        this(new Configuration());
    }

    private ConflictFilter(Configuration configuration) {
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
     * @throws ServletException if an init-param is unknown, or its value is not valid; if settings contradict each other; if
     *     a reader or a file of messages is announced that cannot be loaded
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        edge = InitParams.edge(config, configuration);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Edge known = edge;
        if (known == null) {
            throw new IllegalStateException(
                    "The filter was not initialised: init(FilterConfig) has to be called first");
        }
        Passage.pass(known, request, response, chain);
    }

    /** Collects the configuration of a filter. Not safe for use by many threads; one builder gives one filter. */
    public static final class Builder {
        private final Configuration configuration = new Configuration();

        private Builder() {}

        /**
         * Adds a reader of exceptions, asked before those on the class path.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder reader(ConflictReader reader) {
            configuration.translator.reader(reader);
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener hears of refusals and of successful writes
         * @return this builder
         */
        public Builder listener(ConflictListener listener) {
            configuration.translator.listener(listener);
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
            configuration.translator.typeBase(base);
            return this;
        }

        /**
         * Sets the clock that dates problems.
         *
         * @param clock the clock, the system's unless set
         * @return this builder
         */
        public Builder clock(Clock clock) {
            configuration.translator.clock(clock);
            return this;
        }

        /**
         * Configures how problems are told: languages, types of the application's own, statuses, shapes, neutral answers.
         *
         * <pre>{@code
         * ConflictFilter.builder()
         *         .problems(problems -> problems
         *                 .messages("com.example.problems", Locale.ENGLISH, Locale.FRENCH)
         *                 .shape(occurrence -> ProblemShape.OLDER))
         * }</pre>
         *
         * @param settings is called at once, with what the filter will translate by
         * @return this builder
         */
        public Builder problems(Consumer<? super ProblemTranslator.Builder> settings) {
            settings.accept(configuration.translator);
            return this;
        }

        /**
         * Sets how the filter learns whether the application knows who asks, on which
         * {@link dev.conflict.Disclosure#AUTHENTICATED} depends. Unless set, it is the container that has to know
         * ({@link HttpServletRequest#getUserPrincipal()}): a security framework that wraps the request further in is not seen.
         *
         * <pre>{@code
         * ConflictFilter.builder()
         *         .caller(request -> request.getAttribute("account") == null ? Caller.ANONYMOUS : Caller.AUTHENTICATED)
         * }</pre>
         *
         * <p>The function is asked when a problem is about to be sent. The filters further in have returned by then: what
         * they put into a request attribute is there, what they kept in a thread is gone. To an {@linkplain #validators early
         * refusal} they have not come yet.
         *
         * @param callers tells who asks; if it throws or returns null, the caller is anonymous
         * @return this builder
         */
        public Builder caller(Function<? super HttpServletRequest, Caller> callers) {
            configuration.askWhoCalls(callers);
            return this;
        }

        /**
         * Sets under which id the application traces a request, sent as {@code traceId}. Unless set, none is sent.
         *
         * <p>Take it from what does the tracing rather than from a field of the request, which anybody may have written. The
         * function is asked when {@linkplain #caller that for the caller} is.
         *
         * @param traces gives the id of a request; if it throws or returns null, none is sent
         * @return this builder
         */
        public Builder traceId(Function<? super HttpServletRequest, Optional<String>> traces) {
            configuration.askForTrace(traces);
            return this;
        }

        /**
         * Has every problem with a code repeat it in a header field, for answers to HEAD and for clients that read no body.
         * A code that is no token (RFC 9110 §5.6.2) or has more than 256 characters is left out, as is that of a neutral
         * answer.
         *
         * <p>Browsers show the field to scripts of other origins only if {@code Access-Control-Expose-Headers} names it.
         *
         * @param name the name of the field, {@code X-Error-Code}
         * @return this builder
         * @throws IllegalArgumentException if the name is no token, or that of a field with another meaning
         */
        public Builder errorCodeHeader(String name) {
            configuration.setErrorCodeHeader(name);
            return this;
        }

        /**
         * Sets how the preconditions of some resources are evaluated; the others are under {@link Preconditions#required()}.
         *
         * <pre>{@code
         * ConflictFilter.builder()
         *         .preconditions("/documents/*", Preconditions.required().refusingAny())
         *         .preconditions("/searches/*", Preconditions.optional())
         * }</pre>
         *
         * @param pattern a URL pattern as for servlets: {@code /path}, {@code /path/*}, {@code *.extension}, {@code /} or
         *     empty; of several that match, the one counts that a container would choose
         * @param rules the rules
         * @return this builder
         * @throws IllegalArgumentException if the pattern is none, or has rules already
         */
        public Builder preconditions(String pattern, Preconditions rules) {
            configuration.addRules(pattern, rules);
            return this;
        }

        /**
         * Has writes to some resources refused before their content is read, if they will be refused anyway.
         *
         * <p>Where the client waits ({@code Expect: 100-continue}) and the container answers only when somebody reads, the
         * content is not even sent. Jetty and Undertow do so; Tomcat does with {@code continueResponseTiming="onRead"} on
         * the connector.
         *
         * @param pattern a URL pattern as for servlets: {@code /path}, {@code /path/*}, {@code *.extension}, {@code /} or
         *     empty; of several that match, the one counts that a container would choose
         * @param source tells the validators; what it lets through is compared again by the handler
         * @return this builder
         * @throws IllegalArgumentException if the pattern is none, or has a source already
         */
        public Builder validators(String pattern, ValidatorSource source) {
            configuration.addSource(pattern, source);
            return this;
        }

        /**
         * Makes a successful write an error (500) that stated a precondition which nobody evaluated, besides the
         * {@linkplain ConflictEvent.UnguardedWrite event}.
         *
         * <p>It is for tests and staging: the write has happened, and nothing undoes it. Where the response is committed, or
         * the request is completed asynchronously, there is the event alone.
         *
         * @return this builder
         */
        public Builder strict() {
            configuration.add(Option.STRICT);
            return this;
        }

        /**
         * Has requests pass that the filter would refuse by itself, and reports them: an
         * {@linkplain ConflictEvent.WouldRefuse event} and a line in the log, once a request. It shows who would be hit before
         * anybody is.
         *
         * <p>Let through are writes that state nothing where they must (428), and whatever an {@linkplain #validators early
         * check} would refuse. A precondition that is stated and false, or cannot be read, is refused all the same when the
         * application evaluates it, and so is every conflict that is thrown.
         *
         * @return this builder
         */
        public Builder reportOnly() {
            configuration.add(Option.REPORT_ONLY);
            return this;
        }

        /**
         * Answers errors with problems that the application, or a servlet of the container, tells by a status alone: a
         * {@code sendError}, and a status of 400 to 599 without a body. The problem has that status, its phrase as title, and an
         * id; header fields stay but for those that describe content. Error pages are not asked for then.
         *
         * <p>Left as they are: errors with a body, committed responses, what is sent before the filter is reached or in a thread
         * of the application's own, in included resources and after {@code resetBuffer()}, and an empty error after an
         * asynchronous dispatch.
         *
         * @return this builder
         */
        public Builder problemsForErrors() {
            configuration.add(Option.PROBLEMS_FOR_ERRORS);
            return this;
        }

        /**
         * Has {@linkplain #problemsForErrors problems for errors} tell the message that was given to {@code sendError}. Frameworks
         * put into it what an exception says; whoever turns this on has looked.
         *
         * @return this builder
         */
        public Builder errorMessages() {
            configuration.add(Option.ERROR_MESSAGES);
            return this;
        }

        /**
         * Answers an exception that nobody knows with a problem of status 500 that tells nothing of it, under an id that the log
         * line of the exception carries. The container learns nothing of the exception then, and shows no error page.
         *
         * <p>Left to the container are {@code UnavailableException}, errors of the virtual machine, exceptions of Spring Security,
         * what is thrown after {@code startAsync()}, and what is thrown when the response is committed. A container that throws exceptions of its own
         * to answer 400 to a request which cannot be decoded is not asked: it is 500 then.
         *
         * @return this builder
         */
        public Builder problemsForExceptions() {
            configuration.add(Option.PROBLEMS_FOR_EXCEPTIONS);
            return this;
        }

        /**
         * Has the answer to a PUT carry the tag that was offered, whether or not the content was stored as it was sent.
         *
         * <p>RFC 9110 §9.3.4: an origin server MUST NOT send a validator field in a successful response to PUT unless the
         * request's representation data was saved without any transformation applied to the content, and the validator
         * reflects the new representation. A client that knows this takes the tag for that of the very bytes it sent. Many
         * APIs send it all the same, so that clients that know nothing of it can write again without reading; this is for
         * them. A handler that does store the content as sent calls {@link ConditionalRequest#storedAsSent()} instead.
         *
         * @return this builder
         */
        public Builder tagOnPut() {
            configuration.add(Option.TAG_ON_PUT);
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
            new Registration("a ConflictFilter", "one filter answers all conflicts, give it all patterns")
                    .register(context, build(), EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), patterns);
        }
    }
}
