package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.problem.ProblemTable.Row;
import dev.conflict.problem.Vocabulary.Types;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of problems that an edge answers with, ours and the application's: for documentation, for OpenAPI, for a page
 * behind every type's URI.
 *
 * <pre>{@code
 * for (ProblemCatalog.Entry entry : translator.catalog().entries()) {
 *     page.row(entry.uri(), entry.status(), entry.title(Locale.GERMAN), entry.suggestion(Locale.GERMAN));
 * }
 * }</pre>
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class ProblemCatalog {
    private final String base;
    private final ProblemTable table;
    private final Messages messages;
    private final Map<String, ProblemType> types;
    private final Map<String, String> ownByCode;

    private ProblemCatalog(
            String base,
            ProblemTable table,
            Messages messages,
            Map<String, ProblemType> types,
            Map<String, String> ownByCode) {
        this.base = base;
        this.table = table;
        this.messages = messages;
        this.types = types;
        this.ownByCode = ownByCode;
    }

    /**
     * Puts the catalogue together.
     *
     * @throws IllegalStateException if a type has two statuses, a status that is no error, no title, or is not registered; if
     *     two types share a name or a code; or if a status is changed that is not the table's to give
     */
    static ProblemCatalog of(String base, ProblemTable table, Messages messages, List<ProblemType> own) {
        Map<String, ProblemType> types = new LinkedHashMap<>();
        StandardTypes.all().forEach(type -> types.put(type.name(), plain(table, type)));
        Map<String, String> ownByCode = new LinkedHashMap<>();
        for (ProblemType type : own) {
            ProblemType before = types.put(type.name(), plain(table, type));
            if (before != null) {
                throw new IllegalStateException("There are two types with the name \"" + type.name() + "\"");
            }
            if (messages.byDefault().title(type).isEmpty()) {
                throw new IllegalStateException("The type \"" + type.name() + "\" has no title: add "
                        + type.name() + ".title to the messages in the language "
                        + messages.byDefault().language().toLanguageTag());
            }
            type.codes().forEach(code -> {
                if (ownByCode.put(code, type.name()) != null) {
                    throw new IllegalStateException("There are two types with the code " + code);
                }
            });
        }
        refuseVainChanges(table, types);
        ask(table).forEach((name, status) -> {
            ProblemType type = types.get(name);
            if (type == null) {
                throw new IllegalStateException("The table names the type \"" + name + "\", which nobody registered");
            }
            types.put(name, type.withStatus(status));
        });
        return new ProblemCatalog(base, table, messages, types, ownByCode);
    }

    /** Refuses a changed status that no answer would have. */
    private static void refuseVainChanges(ProblemTable table, Map<String, ProblemType> types) {
        for (ProblemTable at = table; at instanceof ChangedTable change; at = change.before()) {
            ProblemType type = change.changed();
            if (type.name().equals(Types.SEVERAL_CONFLICTS)) {
                throw new IllegalStateException("The status of \"" + type.name()
                        + "\" is the gravest of its parts; change the statuses of those");
            }
            if (!type.isAboutBlank() && !types.containsKey(type.name())) {
                throw new IllegalStateException("The table changes the status of the type \"" + type.name()
                        + "\", which is none of ours and was not registered; there are " + types.keySet());
            }
        }
    }

    private static ProblemType plain(ProblemTable table, ProblemType type) {
        try {
            ProblemType given = Objects.requireNonNull(table.type(type), "the table answered null");
            return type.withStatus(given.status());
        } catch (RuntimeException broken) {
            throw new IllegalStateException(
                    "The table has no valid status for the type \"" + type.name() + "\"", broken);
        }
    }

    /** The statuses that a table gives to types, asked for every row of the vocabulary. */
    private static Map<String, Integer> ask(ProblemTable table) {
        Map<String, Conflict> first = new LinkedHashMap<>();
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (Conflict conflict : StandardTypes.everyRow()) {
            ProblemType type = type(table, conflict);
            if (type.isAboutBlank()) {
                continue;
            }
            Integer before = statuses.putIfAbsent(type.name(), type.status());
            Conflict other = first.putIfAbsent(type.name(), conflict);
            if (before != null && before != type.status()) {
                throw new IllegalStateException("The table gives the type \"" + type.name() + "\" two statuses: "
                        + before + " for " + other + " and " + type.status() + " for " + conflict
                        + "; a type has one (RFC 9457 §4)");
            }
        }
        return statuses;
    }

    private static ProblemType type(ProblemTable table, Conflict conflict) {
        try {
            return Objects.requireNonNull(table.row(conflict), "the table answered null")
                    .type();
        } catch (RuntimeException broken) {
            throw new IllegalStateException("The table has no valid row for " + conflict, broken);
        }
    }

    /**
     * Returns the types in their order, ours first; {@code about:blank} is none.
     *
     * @return an unmodifiable list
     */
    public List<Entry> entries() {
        return types.values().stream().map(type -> new Entry(this, type)).toList();
    }

    /**
     * Looks a type up.
     *
     * @param name its name, or its URI
     * @return the type; empty if it is not in the catalogue
     */
    public Optional<Entry> find(String name) {
        String named = nameOf(name);
        return Optional.ofNullable(types.get(named == null ? name : named)).map(type -> new Entry(this, type));
    }

    /**
     * Returns the languages that there are texts in.
     *
     * @return an unmodifiable list
     */
    public List<Locale> languages() {
        return messages.languages();
    }

    Row row(Conflict conflict) {
        if (conflict instanceof Conflict.Several several) {
            return StandardTable.several(this::row, several);
        }
        Row row = given(conflict);
        String own = row.type().isAboutBlank() && conflict instanceof Conflict.Custom
                ? ownByCode.get(row.code() == null ? "" : row.code())
                : null;
        return own == null ? row : new Row(type(own, row.type().status()), row.code());
    }

    /** What the table gives; the standard row if it fails, so that a conflict stays one. */
    private Row given(Conflict conflict) {
        try {
            return Objects.requireNonNull(table.row(conflict), "the row is null");
        } catch (RuntimeException broken) {
            ProblemTranslator.warn("The application's table failed; the row of the standard table is sent", broken);
            return StandardTable.row(conflict);
        }
    }

    /** The type of a problem that is no conflict, as it stands in the catalogue. */
    ProblemType type(String name, int status) {
        ProblemType known = types.get(name);
        return known != null ? known : new ProblemType(name, status);
    }

    /** The name of the type that a URI identifies, null if it is not in the catalogue. */
    @Nullable String nameOf(String uri) {
        String name = uri.startsWith(base) ? uri.substring(base.length()) : "";
        return types.containsKey(name) ? name : null;
    }

    Messages messages() {
        return messages;
    }

    String uri(ProblemType type) {
        return type.uri(base);
    }

    @Nullable URI help(ProblemType type) {
        return type(type.name(), type.status()).help();
    }

    /** A type in the catalogue. */
    public static final class Entry {
        private final ProblemCatalog catalog;
        private final ProblemType type;

        private Entry(ProblemCatalog catalog, ProblemType type) {
            this.catalog = catalog;
            this.type = type;
        }

        /**
         * Returns the type's name.
         *
         * @return the name, which the base of type URIs precedes
         */
        public String name() {
            return type.name();
        }

        /**
         * Returns the URI that identifies the type.
         *
         * @return the URI, as answers have it
         */
        public String uri() {
            return catalog.uri(type);
        }

        /**
         * Returns the status by the table in force.
         *
         * @return the HTTP status; for {@code several-conflicts} the usual one
         */
        public int status() {
            return type.status();
        }

        /**
         * Returns the codes of the type.
         *
         * @return an unmodifiable list; empty if codes are made from names, or are the application's
         */
        public List<String> codes() {
            return type.codes();
        }

        /**
         * Returns the names of the type's members, beside those that every problem has. A member is there if its value is
         * known.
         *
         * @return an unmodifiable list in the order of the answers
         */
        public List<String> members() {
            return type.members();
        }

        /**
         * Returns the title.
         *
         * @param language the language; another is taken if there is no title in this one
         * @return the title
         */
        public String title(Locale language) {
            return texts(language).title(type).orElseGet(type::name);
        }

        /**
         * Returns what a client should do.
         *
         * @param language the language; another is taken if there is no title in this one
         * @return a text for people; empty if that depends on the code
         */
        public Optional<String> suggestion(Locale language) {
            return texts(language).suggestion(type);
        }

        private Texts texts(Locale language) {
            return catalog.messages.of(type, language.toLanguageTag());
        }

        /**
         * Returns the page for people.
         *
         * @return where it is; empty if there is none
         */
        public Optional<URI> help() {
            return Optional.ofNullable(type.help());
        }

        /** Returns the type's URI. */
        @Override
        public String toString() {
            return uri();
        }
    }
}
