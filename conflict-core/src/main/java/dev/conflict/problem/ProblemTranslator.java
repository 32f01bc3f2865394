package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.ProblemTable.Row;
import dev.conflict.problem.Vocabulary.Members;
import dev.conflict.problem.Vocabulary.Types;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was thrown in a request into the answer to it, at whatever edge.
 *
 * <ol>
 *   <li>Looks for a conflict, or for a problem that is none, among the exception and its causes.
 *   <li>Asks the readers about exceptions of stores and frameworks.
 *   <li>Has the request's ledger attribute a lost race.
 *   <li>Describes the conflict as its caller may see it, under a new id, and tells the listeners.
 * </ol>
 *
 * <p>What is neither stays unknown: the edge lets it go on as if nobody had looked. Instances are immutable and safe for
 * use by many threads.
 */
public final class ProblemTranslator {
    private final ConflictReaders readers;
    private final ConflictListener listener;
    private final String typeBase;

    /**
     * What the application tells of problems is held against the rest at the start. If it tells nothing, nothing can be wrong,
     * and the texts are read for the first answer; two threads that do so at once read the same.
     */
    private volatile @Nullable ProblemCatalog catalog;

    private final Function<? super Occurrence, ProblemShape> shape;
    private final BiFunction<? super Occurrence, ? super ConflictException.Uniqueness, Optional<NeutralReply>> neutral;
    private final Clock clock;

    private ProblemTranslator(Builder builder, ClassLoader classLoader) {
        readers = ConflictReaders.load(builder.readers, classLoader);
        listener = ConflictListener.all(builder.listeners);
        typeBase = builder.typeBase;
        catalog = builder.isPlain() ? null : builder.catalog(classLoader);
        shape = builder.shape;
        neutral = builder.neutral;
        clock = builder.clock;
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
     * Returns who hears what happens at this edge.
     *
     * @return the listener of all listeners
     */
    public ConflictListener listener() {
        return listener;
    }

    /**
     * Returns the types of problems that this edge answers with.
     *
     * @return ours and the application's
     */
    public ProblemCatalog catalog() {
        ProblemCatalog known = catalog;
        if (known == null) {
            known = new Builder().typeBase(typeBase).catalog(ProblemTranslator.class.getClassLoader());
            catalog = known;
        }
        return known;
    }

    /**
     * Tells whether {@link #translate} would answer what was thrown, without telling the listeners.
     *
     * @param thrown what was thrown
     * @return true if it is a conflict or a problem
     */
    public boolean knows(Throwable thrown) {
        return PlainProblems.among(thrown).isPresent() || readers.read(thrown).isPresent();
    }

    /**
     * Translates what was thrown.
     *
     * @param thrown what was thrown
     * @param request the request's ledger
     * @param occurrence the request as far as the answer depends on it
     * @return the answer; empty if what was thrown is no conflict and no problem
     */
    public Optional<Answer> translate(Throwable thrown, ConditionalRequest request, Occurrence occurrence) {
        Optional<PlainProblems.Thrown> problem = PlainProblems.among(thrown);
        if (problem.isPresent()) {
            return problem.map(found -> answer(found, occurrence));
        }
        return readers.read(thrown).map(found -> {
            if (found.conflict() instanceof Conflict.Unspecified unspecified && unspecified.undeclared() != null) {
                listener.on(new ConflictEvent.Unmapped(
                        ConflictEvent.Rule.valueOf(unspecified.undeclared().name())));
            }
            return answer(request.attribute(found), occurrence);
        });
    }

    private Answer answer(PlainProblems.Thrown thrown, Occurrence occurrence) {
        PlainProblems plain = new PlainProblems(catalog());
        Texts texts = plain.texts(thrown.problem(), occurrence.acceptLanguage());
        ProblemDetail problem = plain.complete(thrown, texts, occurrence, Moment.at(clock.instant()));
        boolean told = !problem.title().equals(thrown.problem().title())
                || !problem.detail().equals(thrown.problem().detail())
                || !problem.text(Members.SUGGESTION).equals(thrown.problem().text(Members.SUGGESTION));
        return sent(problem, told ? texts : null, AnswerFields.of(problem), occurrence);
    }

    private Answer answer(ConflictException conflict, Occurrence occurrence) {
        Told told = Told.to(occurrence.caller(), conflict);
        ProblemCatalog catalog = catalog();
        Row row = catalog.row(told.conflict().conflict());
        Texts texts = catalog.messages().of(row.type(), occurrence.acceptLanguage());
        Moment moment = Moment.at(clock.instant());
        ProblemDetail problem = new ConflictProblems(catalog).describe(told.conflict(), row, texts, occurrence, moment);
        Answer answer = neutral(told, occurrence)
                .map(reply -> Answer.neutral(problem, reply))
                .orElseGet(() -> sent(problem, texts, AnswerFields.of(told.conflict(), problem), occurrence));
        listener.on(new ConflictEvent.Refused(
                ConflictEvent.Kind.valueOf(conflict.conflict().kind().name()),
                problem.code().orElse(null),
                answer.status(),
                occurrence.method(),
                moment.instance().toString()));
        return answer;
    }

    private Optional<NeutralReply> neutral(Told told, Occurrence occurrence) {
        ConflictException.Uniqueness withheld = told.withheld();
        if (withheld == null) {
            return Optional.empty();
        }
        try {
            return Objects.requireNonNull(neutral.apply(occurrence, withheld), "the neutral answer is null");
        } catch (RuntimeException broken) {
            warn("The application's neutral answer failed; the bare one is sent", broken);
            return Optional.empty();
        }
    }

    private Answer sent(
            ProblemDetail problem, @Nullable Texts told, Map<String, String> fields, Occurrence occurrence) {
        Set<String> varies = new LinkedHashSet<>();
        if (told != null) {
            fields.put(Answer.CONTENT_LANGUAGE, told.language().toLanguageTag());
            varies.add("Accept-Language");
        }
        ProblemShape chosen = shape(occurrence.watched(() -> varies.add("Accept")));
        if (chosen == ProblemShape.HTML) {
            fields.put("Content-Security-Policy", ProblemPage.POLICY);
        }
        return Answer.of(problem, chosen, fields, List.copyOf(varies));
    }

    private ProblemShape shape(Occurrence occurrence) {
        try {
            return Objects.requireNonNull(shape.apply(occurrence), "the shape is null");
        } catch (RuntimeException broken) {
            warn("The application's choice of a shape failed; RFC 9457's is sent", broken);
            return ProblemShape.RFC_9457;
        }
    }

    /** Tells where something of the application's failed; what it says of values, or on further lines, only for debugging. */
    static void warn(String what, RuntimeException broken) {
        System.Logger log = System.getLogger("dev.conflict.problem");
        Exception wordless = new Exception(broken.getClass().getName());
        wordless.setStackTrace(broken.getStackTrace());
        log.log(System.Logger.Level.WARNING, what, wordless);
        log.log(System.Logger.Level.DEBUG, what, broken);
    }

    /** Collects the configuration of an edge. Not safe for use by many threads. */
    public static final class Builder {
        private final List<ConflictReader> readers = new ArrayList<>();
        private final List<ConflictListener> listeners = new ArrayList<>();
        private final List<Messages.Bundle> bundles = new ArrayList<>();
        private final List<ProblemType> types = new ArrayList<>();
        private Locale defaultLanguage = Locale.ENGLISH;
        private @Nullable ProblemTable table;
        private Function<? super Occurrence, ProblemShape> shape =
                occurrence -> occurrence.prefersHtml() ? ProblemShape.HTML : ProblemShape.RFC_9457;
        private BiFunction<? super Occurrence, ? super ConflictException.Uniqueness, Optional<NeutralReply>> neutral =
                (occurrence, taken) -> Optional.empty();
        private String typeBase = Types.BASE;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Whether nothing can be wrong with the catalogue. */
        private boolean isPlain() {
            return table == null && bundles.isEmpty() && types.isEmpty() && defaultLanguage.equals(Locale.ENGLISH);
        }

        private ProblemCatalog catalog(ClassLoader classLoader) {
            return ProblemCatalog.of(
                    typeBase,
                    table == null ? ProblemTable.standard() : table,
                    Messages.load(bundles, defaultLanguage, classLoader),
                    types);
        }

        /**
         * Adds a reader of exceptions, asked before those on the class path.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder reader(ConflictReader reader) {
            readers.add(Objects.requireNonNull(reader, "reader"));
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener hears what happens at the edge
         * @return this builder
         */
        public Builder listener(ConflictListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
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
            if (!URI.create(base).isAbsolute() || !(base.endsWith("/") || base.endsWith(":") || base.endsWith("#"))) {
                throw new IllegalArgumentException(
                        "The base of type URIs is an absolute URI that ends with / : or #, not \"" + base + "\"");
            }
            typeBase = base;
            return this;
        }

        /**
         * Adds the application's texts: {@code com/example/problems_en.properties} for the base name
         * {@code com.example.problems} in English, read as UTF-8. For the default language {@code problems.properties}
         * will do.
         *
         * <p>A key is {@code <type>.title}, {@code <type>.detail} or {@code <type>.suggestion}, or more precisely
         * {@code <type>.<CODE>.detail}; a member's name in braces stands for its value. The application's texts stand over
         * ours of the same key and language, later ones over earlier ones. A language of which there is none of ours needs
         * all three of each type of ours that it tells, such that every answer can fill them ({@code about-blank.4xx} and
         * {@code about-blank.5xx} for what has a status alone). In a named module the package must be open.
         *
         * @param baseName the base name of the files, with dots
         * @param first a language for which there is a file
         * @param others further ones
         * @return this builder
         */
        public Builder messages(String baseName, Locale first, Locale... others) {
            List<Locale> languages = new ArrayList<>(List.of(others));
            languages.add(0, Objects.requireNonNull(first, "first"));
            bundles.add(new Messages.Bundle(Objects.requireNonNull(baseName, "baseName"), List.copyOf(languages)));
            return this;
        }

        /**
         * Sets the language for requests that ask for none, or for none in which there are texts.
         *
         * @param language the language, English unless set; the machine's plays no part
         * @return this builder
         */
        public Builder defaultLanguage(Locale language) {
            defaultLanguage = Objects.requireNonNull(language, "language");
            return this;
        }

        /**
         * Replaces the table that gives conflicts their types and statuses.
         *
         * @param table the application's table
         * @return this builder
         */
        public Builder table(ProblemTable table) {
            this.table = Objects.requireNonNull(table, "table");
            return this;
        }

        /**
         * Registers a type of the application's own. Its title, under the key {@code <type>.title}, must be among the
         * messages in the default language.
         *
         * @param type the type
         * @return this builder
         */
        public Builder type(ProblemType type) {
            types.add(Objects.requireNonNull(type, "type"));
            return this;
        }

        /**
         * Chooses the shape of answers, in place of a page for whoever {@linkplain Occurrence#prefersHtml() prefers one} and
         * RFC 9457's for everybody else.
         *
         * <pre>{@code
         * builder.shape(occurrence -> occurrence.path().startsWith("/v1/") ? ProblemShape.OLDER : ProblemShape.RFC_9457)
         * }</pre>
         *
         * @param choice gives the shape for a request; if it asks what the request accepts, the answer varies on that
         * @return this builder
         */
        public Builder shape(Function<? super Occurrence, ProblemShape> choice) {
            shape = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Answers for a conflict of uniqueness that the caller may not learn of, in place of the bare 409, which tells by
         * its status alone that there is one.
         *
         * @param reply gives what the application answers when there is no conflict; empty for the bare 409, which is also
         *     sent if this throws
         * @return this builder
         */
        public Builder neutral(
                BiFunction<? super Occurrence, ? super ConflictException.Uniqueness, Optional<NeutralReply>> reply) {
            neutral = Objects.requireNonNull(reply, "reply");
            return this;
        }

        /**
         * Sets the clock that dates problems.
         *
         * @param clock the clock, the system's unless set
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Loads readers and messages and ends the configuration; to be called once, where the edge starts.
         *
         * @param classLoader where readers and messages are looked for, usually the application's
         * @return the translator
         * @throws IllegalStateException if a reader is announced that cannot be loaded, messages are missing or broken or tell
         *     half an answer, the table gives one type two statuses or a conflict none, or a type has no title
         */
        public ProblemTranslator build(ClassLoader classLoader) {
            return new ProblemTranslator(this, classLoader);
        }
    }
}
