package dev.conflict.problem;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.problem.Vocabulary.Members;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header fields that follow from a problem. */
final class AnswerFields {
    private static final String RETRY_AFTER = "Retry-After";

    private AnswerFields() {}

    /** Returns a map to which more may be added. */
    static Map<String, String> of(ProblemDetail problem) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Cache-Control", "no-store");
        fields.put("X-Content-Type-Options", "nosniff");
        if (problem.extensions().get(Members.RETRY_AFTER_MILLIS) instanceof Number wait) {
            fields.put(RETRY_AFTER, seconds(wait.longValue()));
        }
        if (problem.status().orElse(0) == 412) {
            problem.text(Members.CURRENT_ETAG)
                    .filter(AnswerFields::isTag)
                    .ifPresent(tag -> fields.put("ETag", tag)); // the selected representation's (RFC 9110 §8.8.3)
        }
        return fields;
    }

    static Map<String, String> of(ConflictException conflict, ProblemDetail problem) {
        Map<String, String> fields = of(problem);
        if (conflict instanceof ConflictException.Concurrency) {
            fields.putIfAbsent(RETRY_AFTER, "1");
        }
        return fields;
    }

    /** Whole seconds, rounded up; a wait shorter than a second is one second in the field. */
    private static String seconds(long millis) {
        return Long.toString(Math.max(1, -Math.floorDiv(-millis, 1000L)));
    }

    /** An application may have put any text in its place, a line break too. */
    private static boolean isTag(String text) {
        try {
            EntityTag.parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
