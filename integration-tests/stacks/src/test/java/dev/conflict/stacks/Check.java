package dev.conflict.stacks;

import dev.conflict.containers.Reply;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.stacks.Cell.Method;
import dev.conflict.stacks.Cell.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Plays a cell and says what is wrong with the answer. */
final class Check {
    private static final String USABLE = "pong<end>";

    /** The others follow from how long a stack trace is. */
    private static final Set<String> VARIES = Set.of("date", "content-length", "transfer-encoding");

    /** Stack traces show the filter, and their depth is the thread's. */
    private static final Pattern FRAME =
            Pattern.compile("(?m)^.*(?:\\.java:\\d+|Native Method|Unknown Source|\\d+ more).*\\R?");

    private final Cell cell;
    private final Reply reply;
    private final List<String> wrong = new ArrayList<>();

    private Check(Cell cell, Reply reply) {
        this.cell = cell;
        this.reply = reply;
    }

    /** Everything that is not as expected, empty if all is. */
    static List<String> of(Cell cell, LoadedStack stack) throws Exception {
        Check check = new Check(cell, play(cell, stack, "filter"));
        switch (Expected.of(cell)) {
            case PROBLEM -> check.problem();
            case AS_WITHOUT_BUT_FOR_THE_PAGE ->
                check.same("status", play(cell, stack, "none").status(), check.reply.status());
            case AS_WITHOUT -> check.same("answer", seen(play(cell, stack, "none")), seen(check.reply));
        }
        return check.wrong;
    }

    private static Reply play(Cell cell, LoadedStack stack, String filter) throws Exception {
        return stack.exchange(
                cell.method().name(),
                path(cell),
                cell.kind() == Kind.VERSION ? "If-Match: \"1\"\r\n" : "",
                cell.pages() == Pages.CONFIGURED ? List.of(filter, "pages") : List.of(filter));
    }

    private static String path(Cell cell) {
        return "/app/" + cell.moment().name() + "/" + cell.kind().name();
    }

    private void problem() {
        same("status", cell.kind().status(), reply.status());
        same("Content-Type", ProblemDetail.MEDIA_TYPE, reply.value("Content-Type"));
        same("Cache-Control", "no-store", reply.value("Cache-Control"));
        same("X-Content-Type-Options", "nosniff", reply.value("X-Content-Type-Options"));
        same("Access-Control-Allow-Origin", "https://app.example", reply.value("Access-Control-Allow-Origin"));
        same(
                "connection afterwards",
                true,
                reply.rest().startsWith("<next>HTTP/1.1 200") && reply.rest().endsWith(USABLE));
        if (cell.method() == Method.HEAD) {
            same("body", "", reply.body());
        } else if (wrong.isEmpty()) {
            same("Content-Length", Integer.toString(reply.body().length()), reply.value("Content-Length"));
            members(reply.problem());
        }
    }

    private void members(ProblemDetail problem) {
        same("member status", cell.kind().status(), problem.status().orElse(0));
        same("member code", cell.kind().code(), problem.code().orElse(""));
        same("member path", path(cell), problem.text("path").orElse(""));
        if (cell.kind() == Kind.STATE) {
            same(
                    "member currentStatus",
                    "SHIPPED",
                    problem.text("currentStatus").orElse(""));
        }
    }

    /** What a client sees of an answer, without the date and without stack traces and their length. */
    private static String seen(Reply reply) {
        String body = FRAME.matcher(reply.body()).replaceAll("");
        StringBuilder seen = new StringBuilder().append(reply.status());
        reply.fields().stream()
                .filter(field -> !VARIES.contains(field[0].toLowerCase(Locale.ROOT)))
                .map(field -> "\n" + field[0].toLowerCase(Locale.ROOT) + ": " + field[1])
                .sorted()
                .forEach(seen::append);
        return seen.append('\n')
                .append(body)
                .append(reply.rest().endsWith(USABLE) ? "<usable>" : reply.rest())
                .toString();
    }

    private void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            wrong.add(what + " is " + actual + ", not " + expected);
        }
    }
}
