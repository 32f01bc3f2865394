package dev.conflict.stacks;

import dev.conflict.containers.Reply;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.stacks.Cell.Method;
import dev.conflict.stacks.Cell.Pages;
import dev.conflict.stacks.app.Secrets;
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
    private final String record;
    private final List<String> wrong = new ArrayList<>();
    private String id = "";

    private Check(Cell cell, LoadedStack.Exchange exchange) {
        this.cell = cell;
        reply = exchange.reply();
        record = exchange.record();
    }

    /**
     * How a cell ended.
     *
     * @param wrong everything that is not as expected, empty if all is
     * @param id what the body names its problem, empty if it is none, or if there is no body
     */
    record Outcome(List<String> wrong, String id) {}

    static Outcome of(Cell cell, LoadedStack stack) throws Exception {
        Check check = new Check(cell, play(cell, stack, filter(cell)));
        switch (Expected.of(cell)) {
            case PROBLEM -> check.problem();
            case AS_WITHOUT_BUT_FOR_THE_PAGE ->
                check.same(
                        "status",
                        play(cell, stack, LoadedStack.WITHOUT_FILTER).reply().status(),
                        check.reply.status());
            case AS_WITHOUT ->
                check.same(
                        "answer",
                        seen(play(cell, stack, LoadedStack.WITHOUT_FILTER).reply()),
                        seen(check.reply));
        }
        return new Outcome(check.wrong, check.id);
    }

    private static List<String> filter(Cell cell) {
        List<String> filter = new ArrayList<>(List.of("filter"));
        if (cell.kind() == Kind.TOLD) {
            filter.add("told");
        }
        if (cell.framework().isAdapted()) {
            filter.add("adapter");
        }
        return filter;
    }

    private static LoadedStack.Exchange play(Cell cell, LoadedStack stack, List<String> filter) throws Exception {
        List<String> options = new ArrayList<>(filter);
        if (cell.pages() == Pages.CONFIGURED) {
            options.add("pages");
        }
        return stack.exchange(
                cell.method().name(), path(cell), cell.kind() == Kind.VERSION ? "If-Match: \"1\"\r\n" : "", options);
    }

    private static String path(Cell cell) {
        return "/app/" + cell.moment().name() + "/" + cell.kind().name();
    }

    private void problem() {
        same("secrets told", List.of(), Secrets.toldBy(record));
        same("status", cell.kind().status(), reply.status());
        same("Content-Type", ProblemDetail.MEDIA_TYPE, reply.value("Content-Type"));
        same("Cache-Control", "no-store", reply.value("Cache-Control"));
        same("X-Content-Type-Options", "nosniff", reply.value("X-Content-Type-Options"));
        same("Access-Control-Allow-Origin", "https://app.example", reply.value("Access-Control-Allow-Origin"));
        same("connection afterwards", true, isConnectionLeftAsItIs());
        if (cell.method() == Method.HEAD) {
            same("body", "", reply.body());
        } else if (wrong.isEmpty()) {
            same("Content-Length", Integer.toString(reply.body().length()), reply.value("Content-Length"));
            members(reply.problem());
        }
    }

    /** Tomcat closes it itself behind a 500. */
    private boolean isConnectionLeftAsItIs() {
        boolean closed = reply.status() == 500 && reply.values("Connection").equals(List.of("close"));
        return closed
                ? reply.rest().equals("<end>")
                : reply.rest().startsWith("<next>HTTP/1.1 200") && reply.rest().endsWith(USABLE);
    }

    private void members(ProblemDetail problem) {
        id = problem.instance().orElse("");
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
