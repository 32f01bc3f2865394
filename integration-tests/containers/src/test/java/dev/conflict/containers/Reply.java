package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.conflict.problem.ProblemDetail;
import dev.conflict.schemas.ProblemSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a client understood of a record.
 *
 * @param status the status
 * @param fields the header fields, name and value
 * @param body the body, its chunks put together
 * @param rest what came after it: the second answer on the connection, and its end
 */
public record Reply(int status, List<String[]> fields, String body, String rest) {
    /** Reads a record of {@link RawClient}; a problem in it is held against its schema. */
    public static Reply of(String record) {
        String whole = record;
        while (whole.startsWith("HTTP/1.1 1")) {
            whole = whole.substring(whole.indexOf("\r\n\r\n") + 4);
        }
        int end = whole.indexOf("\r\n\r\n");
        String[] lines = whole.substring(0, end).split("\r\n", -1);
        List<String[]> fields = new ArrayList<>();
        boolean chunked = false;
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ?", 2);
            fields.add(field);
            chunked |= field[0].equalsIgnoreCase("Transfer-Encoding");
        }
        String after = whole.substring(end + 4);
        int cut = after.contains("<next>") ? after.indexOf("<next>") : after.lastIndexOf("<end>");
        String body = after.substring(0, cut);
        Reply reply = new Reply(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                fields,
                chunked ? unchunked(body) : body,
                after.substring(cut));
        ProblemSchemas.check(reply.value("Content-Type"), reply.body().getBytes(ISO_8859_1));
        return reply;
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        String left = body;
        while (!left.isEmpty()) {
            int line = left.indexOf("\r\n");
            int size = Integer.parseInt(left.substring(0, line), 16);
            int end = Math.min(left.length(), line + 2 + size); // the connection may have been cut
            whole.append(left, line + 2, end);
            left = size == 0 ? "" : left.substring(Math.min(left.length(), end + 2));
        }
        return whole.toString();
    }

    /** The values of a field, one a line. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field[0].toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .map(field -> field[1])
                .toList();
    }

    /** The one value of a field, or text that says how many there are. */
    public String value(String name) {
        List<String> values = values(name);
        return values.size() == 1 ? values.get(0) : values.size() + " lines of " + name;
    }

    /** The body, read as a problem. */
    public ProblemDetail problem() {
        return ProblemDetail.parse(body.getBytes(ISO_8859_1)).orElseThrow();
    }
}
