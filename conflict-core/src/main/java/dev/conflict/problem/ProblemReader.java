package dev.conflict.problem;

import dev.conflict.problem.ProblemShape.OlderMembers;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a problem from bytes that anybody may have sent; whatever they hold, nothing is thrown. */
final class ProblemReader {
    private static final Set<String> OLDER =
            Set.of(OlderMembers.ERROR, OlderMembers.MESSAGE, OlderMembers.DETAILS, "status");

    private ProblemReader() {}

    static Optional<ReceivedProblem> read(byte[] body) {
        return JsonReader.received(body).map(read -> problem(read.members(), read.leftOut()));
    }

    /** Reads a body that nobody called a problem: it is one if it says so. */
    static Optional<ReceivedProblem> readUnlabelled(byte[] body, int status) {
        return JsonReader.received(body).flatMap(read -> {
            ReceivedProblem received = problem(read.members(), read.leftOut());
            return isOlder(read.members()) || received.speaksOf(status) ? Optional.of(received) : Optional.empty();
        });
    }

    /** Takes members as they are; of a standard member only what has its type (RFC 9457 §3.1). */
    static ReceivedProblem problem(Map<String, ? extends @Nullable Object> members, Set<String> leftOut) {
        return standard(isOlder(members) ? moved(members) : members, leftOut);
    }

    private static ReceivedProblem standard(Map<String, ? extends @Nullable Object> members, Set<String> leftOut) {
        ProblemDetail.Builder problem = ProblemDetail.received();
        List<String> ignored = new ArrayList<>();
        members.forEach((name, value) -> {
            boolean taken = switch (name) {
                case "type" -> take(uri(value), problem::type);
                case "title" -> take(text(value), problem::title);
                case "status" -> take(status(value), problem::status);
                case "detail" -> take(text(value), problem::detail);
                case "instance" -> take(uri(value), problem::instance);
                default -> {
                    problem.member(name, value);
                    yield !leftOut.contains(name);
                }
            };
            if (!taken) {
                ignored.add(name);
            }
        });
        leftOut.stream().filter(name -> !members.containsKey(name)).forEach(ignored::add);
        return new ReceivedProblem(problem.build(), ignored);
    }

    private static <T> boolean take(Optional<T> value, Consumer<T> member) {
        value.ifPresent(member);
        return value.isPresent();
    }

    /** Tells the older shape by what only it has, and by what a problem would have. */
    private static boolean isOlder(Map<String, ? extends @Nullable Object> members) {
        return members.get(OlderMembers.ERROR) instanceof String
                && members.get(OlderMembers.MESSAGE) instanceof String
                && members.get(OlderMembers.DETAILS) instanceof Map<?, ?>
                && !(members.get("title") instanceof String)
                && !(members.get("detail") instanceof String);
    }

    /** Puts what the older shape says where a problem says it; details may not stand in for standard members. */
    private static Map<String, @Nullable Object> moved(Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> moved = new LinkedHashMap<>();
        moved.put("title", members.get(OlderMembers.ERROR));
        if (members.containsKey("status")) {
            moved.put("status", members.get("status"));
        }
        moved.put("detail", members.get(OlderMembers.MESSAGE));
        if (members.get(OlderMembers.DETAILS) instanceof Map<?, ?> details) {
            details.forEach((name, value) -> {
                if (!MemberName.isStandard(String.valueOf(name))) {
                    moved.put(String.valueOf(name), value);
                }
            });
        }
        members.forEach((name, value) -> {
            if (!OLDER.contains(name)) {
                moved.putIfAbsent(name, value);
            }
        });
        return moved;
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Integer> status(@Nullable Object value) {
        boolean whole = value instanceof Long
                || value instanceof Integer
                || (value instanceof BigInteger big && big.bitLength() < Long.SIZE);
        return whole && value instanceof Number number && number.longValue() >= 100 && number.longValue() <= 599
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    private static Optional<URI> uri(@Nullable Object value) {
        try {
            return value instanceof String text ? Optional.of(new URI(text)) : Optional.empty();
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }
}
