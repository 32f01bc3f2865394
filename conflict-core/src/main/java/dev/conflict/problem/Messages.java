package dev.conflict.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The texts for people in every language, ours and the application's, whose keys stand over ours.
 *
 * <p>A request gets the first language of its {@code Accept-Language} in which a problem of that type can be told (RFC 4647
 * §3.4), else the default language; the language of the machine plays no part.
 */
final class Messages {
    private static final String OURS = "dev/conflict/problem/messages";

    /** A field that is longer is no preference of a person; reading it takes time and memory. */
    private static final int LONGEST_FIELD = 512;

    /** Our texts in English, which are complete: the last resort of every look-up. */
    static final Texts ENGLISH = ours(Locale.ENGLISH, "");

    private static final Texts GERMAN = ours(Locale.GERMAN, "_de");

    private final Map<Locale, Texts> languages;
    private final Texts byDefault;

    private Messages(Map<Locale, Texts> languages, Texts byDefault) {
        this.languages = languages;
        this.byDefault = byDefault;
    }

    /** A bundle of the application: a base name and the languages for which there is a file. */
    record Bundle(String baseName, List<Locale> languages) {}

    /**
     * Loads bundles.
     *
     * @throws IllegalStateException if a file is missing or cannot be read, a text is broken, a language has texts of a type
     *     of ours that are not enough for every answer of it, or the default language has no bundle
     */
    static Messages load(List<Bundle> bundles, Locale defaultLanguage, ClassLoader classLoader) {
        Map<Locale, Map<String, String>> own = new LinkedHashMap<>();
        for (Bundle bundle : bundles) {
            for (Locale language : bundle.languages()) {
                own.computeIfAbsent(language, any -> new HashMap<>())
                        .putAll(read(bundle.baseName(), language, language.equals(defaultLanguage), classLoader));
            }
        }
        Map<Locale, Texts> languages = new LinkedHashMap<>();
        languages.put(Locale.ENGLISH, over(ENGLISH, own));
        languages.put(Locale.GERMAN, over(GERMAN, own));
        own.keySet().forEach(language -> languages.computeIfAbsent(language, any -> over(base(language), own)));
        for (Texts texts : own.isEmpty() ? List.<Texts>of() : languages.values()) {
            texts.keyOfBrokenText().ifPresent(key -> {
                throw new IllegalStateException("The text \"" + key + "\" in the language "
                        + texts.language().toLanguageTag() + " has a brace without its pair, or no name in braces");
            });
            texts.keyOfHole(ENGLISH).ifPresent(key -> {
                throw new IllegalStateException(
                        "The language " + texts.language().toLanguageTag() + " has texts of \""
                                + key.substring(0, key.indexOf('.')) + "\", but \"" + key
                                + "\" is missing, or names a member that not every answer has; an answer is in one language, and whole");
            });
        }
        Texts byDefault = languages.get(defaultLanguage);
        if (byDefault == null) {
            throw new IllegalStateException("The default language " + defaultLanguage.toLanguageTag()
                    + " has no bundle; there are " + tags(languages.keySet()));
        }
        return new Messages(languages, byDefault);
    }

    private static String tags(Iterable<Locale> languages) {
        List<String> tags = new ArrayList<>();
        languages.forEach(language -> tags.add(language.toLanguageTag()));
        return String.join(", ", tags);
    }

    /** What a language of the application is based on: ours for German of Austria, nothing for French. */
    private static Texts base(Locale language) {
        Map<String, String> base = switch (language.getLanguage()) {
            case "en" -> ENGLISH.byKey();
            case "de" -> GERMAN.byKey();
            default -> Map.of();
        };
        return new Texts(language, base);
    }

    private static Texts over(Texts base, Map<Locale, Map<String, String>> own) {
        Locale plain = Locale.forLanguageTag(base.language().getLanguage());
        Map<String, String> texts = new HashMap<>(own.getOrDefault(plain, Map.of()));
        texts.putAll(own.getOrDefault(base.language(), Map.of()));
        return base.under(texts);
    }

    private static Map<String, String> read(
            String baseName, Locale language, boolean byDefault, ClassLoader classLoader) {
        String base = baseName.replace('.', '/');
        String file = base + "_" + language.toLanguageTag().replace('-', '_') + ".properties";
        try (InputStream named = classLoader.getResourceAsStream(file);
                InputStream plain = byDefault ? classLoader.getResourceAsStream(base + ".properties") : null) {
            InputStream found = named != null ? named : plain;
            if (found == null) {
                throw new IllegalStateException("There is no " + file
                        + (byDefault ? " and no " + base + ".properties" : "")
                        + " on the class path of the application, which announced the messages \"" + baseName
                        + "\" in the language " + language.toLanguageTag());
            }
            return read(found);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException("The messages " + file + " cannot be read", unreadable);
        }
    }

    private static Map<String, String> read(InputStream file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        Map<String, String> byKey = new HashMap<>();
        texts.stringPropertyNames().forEach(key -> byKey.put(key, texts.getProperty(key)));
        return byKey;
    }

    private static Texts ours(Locale language, String suffix) {
        String file = "/" + OURS + suffix + ".properties";
        try (InputStream in = Messages.class.getResourceAsStream(file)) {
            return new Texts(language, read(Objects.requireNonNull(in, file)));
        } catch (IOException broken) {
            throw new IllegalStateException("The messages " + file + " cannot be read", broken);
        }
    }

    /** Returns the texts of the language in which a problem of a type is told to a request. */
    Texts of(ProblemType type, @Nullable String acceptLanguage) {
        List<Locale> able = languages.values().stream()
                .filter(texts -> texts.has(type))
                .map(Texts::language)
                .toList();
        Locale wanted = lookup(acceptLanguage, able);
        if (wanted != null) {
            return Objects.requireNonNull(languages.get(wanted));
        }
        return byDefault.has(type) || able.isEmpty() ? byDefault : Objects.requireNonNull(languages.get(able.get(0)));
    }

    private static @Nullable Locale lookup(@Nullable String acceptLanguage, List<Locale> able) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_FIELD) {
            return null;
        }
        try {
            return Locale.lookup(LanguageRange.parse(acceptLanguage), able);
        } catch (RuntimeException malformed) { // the JDK's parser fails on "dlt,---" with an index out of bounds
            return null;
        }
    }

    /** Returns the texts of exactly one language. */
    Optional<Texts> in(Locale language) {
        return Optional.ofNullable(languages.get(language));
    }

    List<Locale> languages() {
        return List.copyOf(languages.keySet());
    }

    Texts byDefault() {
        return byDefault;
    }
}
