package dev.conflict.problem;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.problem.ProblemTable.Row;
import dev.conflict.problem.Vocabulary.Members;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes a conflict as the problem that its caller is told. */
final class ConflictProblems {
    private final ProblemCatalog catalog;

    ConflictProblems(ProblemCatalog catalog) {
        this.catalog = catalog;
    }

    ProblemDetail describe(ConflictException source, Row row, Texts texts, Occurrence occurrence, Moment moment) {
        Map<String, @Nullable Object> members = members(source, texts);
        Texts.Subject subject = subject(source, row, members);
        ProblemDetail.Builder problem = ProblemDetail.builder(row.type().status())
                .type(URI.create(catalog.uri(row.type())))
                .instance(moment.instance());
        texts.title(row.type()).ifPresent(problem::title);
        text(source, Member.DETAIL).or(() -> texts.detail(subject)).ifPresent(problem::detail);
        if (row.code() != null) {
            problem.member(Members.CODE, row.code());
        }
        members.forEach(problem::member);
        text(source, Member.SUGGESTION)
                .or(() -> texts.suggestion(subject))
                .ifPresent(text -> problem.member(Members.SUGGESTION, text));
        Links.of(source.details().get(Member.LINKS).orElse(null), catalog.help(row.type()))
                .ifPresent(links -> problem.member(Members.LINKS, links));
        source.details().get(Member.RETRYABLE).ifPresent(value -> problem.member(Members.RETRYABLE, value));
        moment.date(problem, occurrence);
        source.details().extensions().forEach((name, value) -> extendByApplication(problem, name, value));
        return problem.build();
    }

    private static Texts.Subject subject(ConflictException source, Row row, Map<String, @Nullable Object> members) {
        return new Texts.Subject(
                row.type(), row.code(), text(source, Member.VARIANT).orElse(null), members);
    }

    /** The application's own members go where no member of ours stands; ours are promised to clients. */
    private static void extendByApplication(ProblemDetail.Builder problem, String name, @Nullable Object value) {
        if (!problem.has(name)) {
            problem.member(name, value);
        }
    }

    private static Optional<String> text(ConflictException source, Member member) {
        return source.details().text(member);
    }

    private Map<String, @Nullable Object> members(ConflictException exception, Texts texts) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Details details = exception.details();
        for (Member member : Member.values()) {
            String name = name(member);
            if (name != null) {
                details.get(member).ifPresent(value -> members.put(name, value));
            }
        }
        if (exception instanceof ConflictException.Several several) {
            members.put(
                    Members.ERRORS,
                    several.parts().stream().map(part -> error(part, texts)).toList());
        }
        return members;
    }

    private Map<String, @Nullable Object> error(ConflictException part, Texts texts) {
        Row row = catalog.row(part.conflict());
        Map<String, @Nullable Object> members = members(part, texts);
        Texts.Subject subject = subject(part, row, members);
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        if (row.code() != null) {
            error.put(Members.CODE, row.code());
        }
        text(part, Member.DETAIL).or(() -> texts.detail(subject)).ifPresent(text -> error.put(MemberName.DETAIL, text));
        if (members.get(Members.CONFLICTING_FIELD) instanceof String field) {
            error.put(Members.FIELD, field);
            error.put(Members.POINTER, Pointer.of(field));
        }
        members.forEach((name, value) -> {
            if (!name.equals(Members.CONFLICTING_FIELD)) { // it stands in field already
                error.put(name, value);
            }
        });
        text(part, Member.SUGGESTION)
                .or(() -> texts.suggestion(subject))
                .ifPresent(text -> error.put(Members.SUGGESTION, text));
        part.details().get(Member.LINKS).ifPresent(links -> error.put(Members.LINKS, links));
        part.details().extensions().forEach(error::putIfAbsent);
        return error;
    }

    /** The name of a member on the wire, null for those that have a place of their own. */
    static @Nullable String name(Member member) {
        return switch (member) {
            case DETAIL, SUGGESTION, LINKS, RETRYABLE, VARIANT -> null;
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
