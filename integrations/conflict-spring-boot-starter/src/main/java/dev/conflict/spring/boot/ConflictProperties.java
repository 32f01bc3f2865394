package dev.conflict.spring.boot;

import dev.conflict.http.Preconditions;
import dev.conflict.spring.ValidationAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the filter and of Spring MVC.
 *
 * @param enabled whether anything of this library is configured
 * @param strict whether a successful write is an error that stated a precondition which nobody evaluated; for tests
 * @param reportOnly whether writes that state nothing where they must pass, and are only reported
 * @param tagOnPut whether the answer to a PUT carries the new tag though the content may not be stored as it was sent
 * @param problemsForErrors whether errors that have a status and no body become problems
 * @param errorMessages whether these problems tell the message that was given to sendError
 * @param problemsForExceptions whether exceptions that nobody knows become problems of status 500 that tell nothing of them
 * @param typeBase what precedes the names of types in their URIs: an absolute URI that ends with a slash, a colon or a hash sign
 * @param errorCodeHeader name of a header field that repeats the code of each problem, such as X-Error-Code
 * @param defaultLanguage the language for requests that ask for none of which there are texts
 * @param messages the application's texts for problems
 * @param urlPatterns the URL patterns of the filter
 * @param preconditions what writes must state, by URL pattern; write the pattern in brackets, [/documents/*]
 * @param filterOrder the order of the filter; unless set, just behind Spring Security's
 * @param mvc what is answered in Spring MVC, before or after the application's own handlers
 * @param dataRest what is guarded in Spring Data REST
 */
@ConfigurationProperties(prefix = ConflictProperties.PREFIX, ignoreUnknownFields = false)
record ConflictProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean strict,
        @DefaultValue("false") boolean reportOnly,
        @DefaultValue("false") boolean tagOnPut,
        @DefaultValue("false") boolean problemsForErrors,
        @DefaultValue("false") boolean errorMessages,
        @DefaultValue("false") boolean problemsForExceptions,
        @Nullable String typeBase,
        @Nullable String errorCodeHeader,
        @Nullable Locale defaultLanguage,
        @DefaultValue Messages messages,
        @DefaultValue("/*") List<String> urlPatterns,
        @DefaultValue Map<String, Rule> preconditions,
        @Nullable Integer filterOrder,
        @DefaultValue Mvc mvc,
        @DefaultValue DataRest dataRest) {
    static final String PREFIX = "conflict";

    /**
     * The application's texts.
     *
     * @param baseName base name of the properties files, with dots: com.example.problems for com/example/problems_en.properties
     * @param languages the languages for which there is a file
     */
    record Messages(@Nullable String baseName, @DefaultValue List<Locale> languages) {}

    /**
     * What is answered in Spring MVC.
     *
     * @param conflicts whether conflicts are answered before or after the application's own exception handlers
     * @param validation whether what Bean Validation refuses is answered with 422 before or after the application's own exception
     *     handlers, or not at all
     */
    record Mvc(
            @DefaultValue("before-handlers") ConflictAnswer conflicts,
            @DefaultValue("after-handlers") ValidationAnswer validation) {}

    /**
     * What is guarded in Spring Data REST.
     *
     * @param enabled whether the preconditions of PUT, PATCH and DELETE are held against the items
     */
    record DataRest(@DefaultValue("true") boolean enabled) {}

    /** Who answers a conflict that a handler throws. */
    enum ConflictAnswer {
        /** This library, whatever handlers the application has. */
        BEFORE_HANDLERS,
        /** The application's own handler if it has one, else this library. */
        AFTER_HANDLERS
    }

    /** What a write must state. */
    enum Rule {
        /** PUT, PATCH and DELETE must state If-Match. */
        REQUIRED,
        /** PUT, PATCH and DELETE must state If-Match with a tag; an asterisk does not do. */
        REQUIRED_WITH_TAG,
        /** PUT, PATCH and DELETE must state If-Match or If-Unmodified-Since. */
        REQUIRED_OR_DATE,
        /** Nothing must be stated; what is stated is evaluated. */
        OPTIONAL;

        Preconditions rules() {
            return switch (this) {
                case REQUIRED -> Preconditions.required();
                case REQUIRED_WITH_TAG -> Preconditions.required().refusingAny();
                case REQUIRED_OR_DATE -> Preconditions.required().acceptingDates();
                case OPTIONAL -> Preconditions.optional();
            };
        }
    }
}
