package dev.conflict.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as JSON: what {@link ProblemDetail#toMap()} holds, without making it. */
final class ProblemJson {
    private ProblemJson() {}

    static void write(ProblemDetail problem, JsonWriter writer) {
        writer.open();
        writeIfPresent(writer, "type", problem.type);
        writeIfPresent(writer, "title", problem.title);
        writeIfPresent(writer, "status", problem.status == 0 ? null : problem.status);
        writeIfPresent(writer, MemberName.DETAIL, problem.detail);
        writeIfPresent(writer, "instance", problem.instance);
        problem.extensions.forEach(writer::member);
        writer.close();
    }

    private static void writeIfPresent(JsonWriter writer, String name, @Nullable Object value) {
        if (value != null) {
            writer.plainMember(name, value);
        }
    }

    /** How long the problem is if nothing has to be escaped but quotes, and nothing has parts. */
    static int expectedBytes(ProblemDetail problem) {
        int bytes = expectedBytes("type", problem.type)
                + expectedBytes("title", problem.title)
                + expectedBytes("status", problem.status == 0 ? null : problem.status)
                + expectedBytes(MemberName.DETAIL, problem.detail)
                + expectedBytes("instance", problem.instance);
        for (Map.Entry<String, @Nullable Object> member : problem.extensions.entrySet()) {
            bytes += JsonWriter.expectedBytes(member.getKey(), member.getValue());
        }
        return Math.max(2, bytes + 1); // two braces, and no comma behind the last
    }

    private static int expectedBytes(String name, @Nullable Object value) {
        return value == null ? 0 : JsonWriter.expectedBytes(name, value);
    }
}
