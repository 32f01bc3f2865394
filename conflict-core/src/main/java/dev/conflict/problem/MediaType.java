package dev.conflict.problem;

import java.util.Locale;
import java.util.Set;

/** As much of media types (RFC 9110 §8.3.1, §12.5.1) as tells a problem from something else. */
final class MediaType {
    private static final Set<String> PROBLEMS =
            Set.of(ProblemDetail.MEDIA_TYPE, "application/x.problem+json", "application/x-problem+json");

    private MediaType() {}

    /** Tells whether a type is that of a problem, or one that was used before there was a standard. */
    static boolean isProblem(String contentType) {
        return PROBLEMS.contains(essence(contentType));
    }

    /** Tells whether an element of Accept names a type and does not weigh it with zero. */
    static boolean names(String element, String type) {
        if (!essence(element).equals(type.toLowerCase(Locale.ROOT))) {
            return false;
        }
        for (int semicolon = element.indexOf(';'); semicolon >= 0; semicolon = element.indexOf(';', semicolon + 1)) {
            int next = element.indexOf(';', semicolon + 1);
            String parameter = element.substring(semicolon + 1, next < 0 ? element.length() : next)
                    .strip()
                    .toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=") && isZero(parameter.substring(2))) {
                return false;
            }
        }
        return true;
    }

    /** 0, 0., 0.0 to 0.000 (RFC 9110 §12.4.2). */
    private static boolean isZero(String weight) {
        return !weight.isEmpty() && weight.chars().allMatch(c -> c == '0' || c == '.') && weight.charAt(0) == '0';
    }

    /** Type and subtype in lower case, without parameters. */
    static String essence(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
