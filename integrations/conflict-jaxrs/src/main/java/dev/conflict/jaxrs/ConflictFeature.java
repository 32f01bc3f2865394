package dev.conflict.jaxrs;

import dev.conflict.ConflictReader;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.ProblemTranslator;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the conflicts that resources throw, with problems as RFC 9457 has them, and leaves everything else as it is.
 *
 * <p>Nothing has to be registered where the server heeds the service file of the specification (JAX-RS 3.1 §4.1.2). An
 * application that wants more than the defaults registers its own, which then counts:
 *
 * <pre>{@code
 * register(ConflictFeature.builder()
 *         .reader(JpaConflictReader.of(CONSTRAINTS))
 *         .build());
 * }</pre>
 *
 * <ul>
 *   <li>An exception that stands for a conflict or a problem, itself or by one of its causes, is answered as that, whatever
 *       mapper for {@code Exception} or {@code Throwable} the application has. Its mapper for a nearer class decides, and so
 *       does a {@code WebApplicationException} of its own.
 *   <li>Every other exception ends as it would have ended.
 *   <li>A success gets the tag that {@link ConditionalRequest#respondWith} offered, and a read whose reader has the
 *       representation becomes a 304 (RFC 9110 §15.4.5).
 *   <li>The listeners hear of guarded and unguarded writes.
 *   <li>Violations of Bean Validation are answered with 422 and {@code errors[]}.
 * </ul>
 *
 * <p>Behind a {@code ConflictFilter} a request has the filter's ledger, and its refusals are told in the filter's way, to the
 * filter's listeners. {@link #DISABLED} turns everything off.
 */
@Provider
public final class ConflictFeature implements Feature {
    /** A property of the application which, if {@code true}, keeps this feature out, also where it is found by itself. */
    public static final String DISABLED = "dev.conflict.jaxrs.disabled";

    /** Creates a feature with the defaults, for the server that finds it. */
    public ConflictFeature() {}

    /**
     * Starts a configuration.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Registers what the feature consists of, unless the application has one of its own already.
     *
     * @throws IllegalStateException if a reader is announced that cannot be loaded
     */
    @Override
    public boolean configure(FeatureContext context) {
        return Installed.in(context.getConfiguration()) == null && install(context, builder());
    }

    private static boolean install(FeatureContext context, Builder settings) {
        if (Boolean.parseBoolean(String.valueOf(context.getConfiguration().getProperty(DISABLED)))) {
            return false;
        }
        Edge edge = settings.edge();
        Installed known = Installed.in(context.getConfiguration());
        if (known != null) {
            known.replace(edge);
            return true;
        }
        Installed installed = new Installed(edge);
        context.property(Installed.PROPERTY, installed);
        context.register(new ArrivalFilter(installed));
        context.register(new RefusalFilter(installed));
        context.register(new SuccessFilter(installed));
        Server.of(context).register(context, installed);
        return true;
    }

    /** A feature that was configured; a class of its own, since a server takes one of a class. */
    private record Configured(Builder settings) implements Feature {
        @Override
        public boolean configure(FeatureContext context) {
            return install(context, settings);
        }
    }

    /** Collects the configuration of a feature. Not safe for use by many threads; one builder gives one feature. */
    public static final class Builder {
        private final ProblemTranslator.Builder translator = ProblemTranslator.builder();
        private final PathRules rules = new PathRules();
        private final EnumSet<Option> options = EnumSet.noneOf(Option.class);
        private Function<? super ContainerRequestContext, Caller> callers = Builder::principal;
        private Function<? super ContainerRequestContext, Optional<String>> traces = request -> Optional.empty();
        private @Nullable String errorCodeHeader;
        private @Nullable ClassLoader classLoader;

        private Builder() {}

        private static Caller principal(ContainerRequestContext request) {
            return request.getSecurityContext() == null
                            || request.getSecurityContext().getUserPrincipal() == null
                    ? Caller.ANONYMOUS
                    : Caller.AUTHENTICATED;
        }

        /**
         * Adds a reader of exceptions, asked before those on the class path.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder reader(ConflictReader reader) {
            translator.reader(reader);
            return this;
        }

        /**
         * Adds a listener. Behind a {@code ConflictFilter}, that one's listeners are told instead.
         *
         * @param listener hears of refusals and of successful writes
         * @return this builder
         */
        public Builder listener(ConflictListener listener) {
            translator.listener(listener);
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
            translator.typeBase(base);
            return this;
        }

        /**
         * Configures how problems are told: languages, types of the application's own, statuses, shapes, neutral answers.
         *
         * @param settings is called at once, with what the feature will translate by
         * @return this builder
         */
        public Builder problems(Consumer<? super ProblemTranslator.Builder> settings) {
            settings.accept(translator);
            return this;
        }

        /**
         * Sets how the preconditions of some resources are evaluated; the others are under {@link Preconditions#required()}.
         *
         * @param pattern {@code /path} or {@code /path/*}, below the application's path and decoded; the exact one counts,
         *     else the longest
         * @param under the rules
         * @return this builder
         * @throws IllegalArgumentException if the pattern is none, or has rules already
         */
        public Builder preconditions(String pattern, Preconditions under) {
            rules.add(pattern, Objects.requireNonNull(under, "rules"));
            return this;
        }

        /**
         * Sets how the feature learns whether the application knows who asks, on which
         * {@link dev.conflict.Disclosure#AUTHENTICATED} depends. Unless set, there has to be a principal.
         *
         * @param caller tells who asks; if it throws or returns null, the caller is anonymous
         * @return this builder
         */
        public Builder caller(Function<? super ContainerRequestContext, Caller> caller) {
            callers = Objects.requireNonNull(caller, "caller");
            return this;
        }

        /**
         * Sets under which id the application traces a request, sent as {@code traceId}. Unless set, none is sent.
         *
         * @param trace gives the id of a request; if it throws or returns null, none is sent
         * @return this builder
         */
        public Builder traceId(Function<? super ContainerRequestContext, Optional<String>> trace) {
            traces = Objects.requireNonNull(trace, "trace");
            return this;
        }

        /**
         * Has every problem with a code repeat it in a header field, for answers to HEAD and for clients that read no body.
         *
         * @param name the name of the field, {@code X-Error-Code}
         * @return this builder
         * @throws IllegalArgumentException if the name is no token (RFC 9110 §5.6.2)
         */
        public Builder errorCodeHeader(String name) {
            if (!RefusalLog.isToken(name)) {
                throw new IllegalArgumentException("The field for codes has a name such as X-Error-Code, not \""
                        + RefusalLog.printable(name) + "\"");
            }
            errorCodeHeader = name;
            return this;
        }

        /**
         * Has the answer to a PUT carry the tag that was offered, whether or not the content was stored as it was sent.
         * RFC 9110 §9.3.4 forbids it otherwise; {@link ConditionalRequest#storedAsSent()} says so for one request.
         *
         * @return this builder
         */
        public Builder tagOnPut() {
            options.add(Option.TAG_ON_PUT);
            return this;
        }

        /**
         * Steps back behind the mappers of the application, also behind those for {@code Exception}: what they map, a
         * conflict too, is theirs. Tags, 304 and reports stay.
         *
         * @return this builder
         */
        public Builder yieldToMappers() {
            options.add(Option.YIELD_TO_MAPPERS);
            return this;
        }

        /**
         * Sets where readers and files of messages are looked for.
         *
         * @param loader the class loader; unless set, that of the starting thread, else that of this class
         * @return this builder
         */
        public Builder classLoader(ClassLoader loader) {
            classLoader = Objects.requireNonNull(loader, "loader");
            return this;
        }

        /**
         * Returns the feature.
         *
         * @return a feature to be registered with the application
         */
        public Feature build() {
            return new Configured(this);
        }

        private Edge edge() {
            ClassLoader given =
                    classLoader != null ? classLoader : Thread.currentThread().getContextClassLoader();
            return new Edge(
                    translator.build(given != null ? given : ConflictFeature.class.getClassLoader()),
                    rules.copy(),
                    callers,
                    traces,
                    errorCodeHeader,
                    Set.copyOf(options));
        }
    }
}
