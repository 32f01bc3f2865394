package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.Vocabulary.Members;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes a conflict as the problem that its caller is told. */
final class ConflictProblems {
    private final String typeBase;

    ConflictProblems(String typeBase) {
        this.typeBase = typeBase;
    }

    ProblemDetail describe(ConflictException exception, Occurrence occurrence, String instance, Instant now) {
        ConflictException source = told(exception, occurrence.caller());
        ProblemTable.Row row = ProblemTable.row(source.conflict());
        Map<String, @Nullable Object> members = members(source);
        ProblemDetail.Builder problem = ProblemDetail.builder(row.type().status())
                .type(URI.create(row.type().uri(typeBase)))
                .title(Messages.title(row.type()))
                .instance(URI.create(instance));
        text(
                source,
                Member.DETAIL,
                Messages.detail(row.type(), row.code(), members).orElse(null),
                problem::detail);
        if (row.code() != null) {
            problem.member(Members.CODE, row.code());
        }
        members.forEach(problem::member);
        text(
                source,
                Member.SUGGESTION,
                Messages.suggestion(row.type(), row.code(), members).orElse(null),
                text -> problem.member(Members.SUGGESTION, text));
        source.details().get(Member.LINKS).ifPresent(links -> problem.member(Members.LINKS, links));
        source.details().get(Member.RETRYABLE).ifPresent(value -> problem.member(Members.RETRYABLE, value));
        if (!members.containsKey(Members.PATH)) {
            problem.member(Members.PATH, occurrence.path());
        }
        problem.member(Members.TIMESTAMP, now.toString());
        source.details().extensions().forEach((name, value) -> extendByApplication(problem, name, value));
        return problem.build();
    }

    /** The application's own members go where no member of ours stands; ours are promised to clients. */
    private static void extendByApplication(ProblemDetail.Builder problem, String name, @Nullable Object value) {
        if (!problem.has(name)) {
            problem.member(name, value);
        }
    }

    private static void text(
            ConflictException source, Member member, @Nullable String otherwise, Consumer<String> set) {
        String text = source.details().text(member).orElse(otherwise);
        if (text != null) {
            set.accept(text);
        }
    }

    /** Leaves out what the caller may not know, before anything is made of it: neither count nor status may show it. */
    private static ConflictException told(ConflictException exception, Caller caller) {
        if (!(exception instanceof ConflictException.Several several)) {
            return isTold(exception.conflict(), caller) ? exception : ConflictException.unspecified();
        }
        List<ConflictException> told = several.parts().stream()
                .filter(part -> isTold(part.conflict(), caller))
                .toList();
        if (told.size() == several.parts().size()) {
            return several;
        }
        return switch (told.size()) {
            case 0 -> ConflictException.unspecified();
            case 1 -> told.get(0);
            default -> ConflictException.several(told).with(several.details());
        };
    }

    private static boolean isTold(Conflict conflict, Caller caller) {
        if (!(conflict instanceof Conflict.Uniqueness uniqueness)) {
            return !(conflict instanceof Conflict.Unspecified);
        }
        return uniqueness.disclosure() == Disclosure.PUBLIC
                || (uniqueness.disclosure() == Disclosure.AUTHENTICATED && caller == Caller.AUTHENTICATED);
    }

    private Map<String, @Nullable Object> members(ConflictException exception) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Details details = exception.details();
        for (Member member : Member.values()) {
            String name = name(member);
            if (name != null) {
                details.get(member).ifPresent(value -> members.put(name, value));
            }
        }
        if (exception instanceof ConflictException.Several several) {
            members.put(Members.ERRORS, errors(several));
        }
        return members;
    }

    private List<Map<String, @Nullable Object>> errors(ConflictException.Several several) {
        List<Map<String, @Nullable Object>> errors = new ArrayList<>();
        for (ConflictException part : several.parts()) {
            errors.add(error(part));
        }
        return errors;
    }

    private Map<String, @Nullable Object> error(ConflictException part) {
        ProblemTable.Row row = ProblemTable.row(part.conflict());
        Map<String, @Nullable Object> members = members(part);
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        if (row.code() != null) {
            error.put(Members.CODE, row.code());
        }
        text(
                part,
                Member.DETAIL,
                Messages.detail(row.type(), row.code(), members).orElse(null),
                text -> error.put("detail", text));
        if (members.get(Members.CONFLICTING_FIELD) instanceof String field) {
            error.put(Members.FIELD, field);
            error.put(
                    Members.POINTER,
                    "#/" + field.replace("~", "~0").replace("/", "~1").replace('.', '/'));
        }
        error.putAll(members);
        return error;
    }

    /** The name of a member on the wire, null for those that have a place of their own. */
    static @Nullable String name(Member member) {
        return switch (member) {
            case DETAIL, SUGGESTION, LINKS, RETRYABLE -> null;
            case REQUESTED_VERSION -> Members.REQUESTED_VERSION;
            case CURRENT_VERSION -> Members.CURRENT_VERSION;
            case REQUESTED_ETAG -> Members.REQUESTED_ETAG;
            case CURRENT_ETAG -> Members.CURRENT_ETAG;
            case CHANGED_BY -> Members.CHANGED_BY;
            case CHANGED_AT -> Members.CHANGED_AT;
            case CONFLICTS -> Members.CONFLICTS;
            case CURRENT -> Members.CURRENT;
            case HEADER -> Members.HEADER;
            case ACCEPTED_HEADERS -> Members.ACCEPTED_HEADERS;
            case CONFLICTING_FIELD -> Members.CONFLICTING_FIELD;
            case CONFLICTING_VALUE -> Members.CONFLICTING_VALUE;
            case ALTERNATIVES -> Members.ALTERNATIVES;
            case EXISTING -> Members.EXISTING;
            case DELETED_BY -> Members.DELETED_BY;
            case DELETED_AT -> Members.DELETED_AT;
            case CURRENT_STATUS -> Members.CURRENT_STATUS;
            case ATTEMPTED_ACTION -> Members.ATTEMPTED_ACTION;
            case ALLOWED_ACTIONS -> Members.ALLOWED_ACTIONS;
            case PREREQUISITES -> Members.PREREQUISITES;
            case DEPENDENT_COUNT -> Members.DEPENDENT_COUNT;
            case DEPENDENTS -> Members.DEPENDENTS;
            case RULE -> Members.RULE;
            case PATH -> Members.PATH;
            case WAYS -> Members.WAYS;
            case RETRY_AFTER_MILLIS -> Members.RETRY_AFTER_MILLIS;
            case LOCKED_BY -> Members.LOCKED_BY;
            case LOCKED_UNTIL -> Members.LOCKED_UNTIL;
            case RETRY -> Members.RETRY;
            case SAFE_NEW_KEY -> Members.SAFE_NEW_KEY;
            case OPERATION_REF -> Members.OPERATION_REF;
            case OPERATION_STATE -> Members.OPERATION_STATE;
        };
    }
}
