package dev.conflict.containers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a record what two runs may not share: the date, and in pages that show a stack trace the lines that are the
 * filter's, with whatever counts them.
 *
 * <p>The filter's lines are its own, those of the wrapper class of the Servlet API that it extends, and one more turn of
 * the container's filter chain.
 */
final class Normal {
    private static final Pattern DATE = Pattern.compile("(?im)^(Date|Expires): .*$");

    private static final Pattern FRAMES = Pattern.compile("(?m)^.*(?:"
            + "dev\\.conflict\\.(?:servlet\\.|containers\\.GoldenContract\\.)"
            + "|jakarta\\.servlet\\.(?:http\\.Http)?ServletResponseWrapper\\."
            + "|org\\.apache\\.catalina\\.core\\.ApplicationFilterChain\\."
            + "|org\\.eclipse\\.jetty\\.ee11\\.servlet\\.(?:FilterHolder|ServletHandler\\$)"
            + "|io\\.undertow\\.servlet\\.(?:core\\.ManagedFilter|handlers\\.FilterHandler)"
            + ").*\\R?");

    /** What the container has on the stack below the outermost filter depends on the thread that it takes. */
    private static final Pattern BOTTOM =
            Pattern.compile("(?m)^(.*Stage\\.lambda\\$open\\S*.*\\R)(?:\\s+(?:at )?[\\w.$/]+\\(.*\\R)*");

    private static final Pattern TRACE = Pattern.compile("(?m)^.*\\bdev\\.conflict\\.containers\\.\\S*\\(");
    private static final Pattern MORE = Pattern.compile("\\.\\.\\. \\d+ (more|common)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: \\d+");
    private static final Pattern CHUNK = Pattern.compile("(?im)^[0-9a-f]+\\r\\n");

    private Normal() {}

    static boolean showsTrace(String record) {
        return TRACE.matcher(record).find();
    }

    static String of(String record) {
        String dated = DATE.matcher(record).replaceAll("$1: *");
        if (!showsTrace(dated)) {
            return dated;
        }
        String frames = BOTTOM.matcher(FRAMES.matcher(dated).replaceAll("")).replaceAll("$1");
        String counts = MORE.matcher(frames).replaceAll(Matcher.quoteReplacement("... * more"));
        return CHUNK.matcher(withoutLength(counts)).replaceAll("*\r\n");
    }

    /** The length of a page that shows a stack trace, where the page itself does not come: in the answer to a HEAD. */
    static String withoutLength(String record) {
        return LENGTH.matcher(record).replaceAll("Content-Length: *");
    }
}
