package dev.conflict.problem;

import dev.conflict.problem.Vocabulary.Members;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A problem as a page for a person: what happened, what can be done, and the code and id to ask somebody about it.
 *
 * <p>It is one small document without script, image, link or form, and shows no member but these. Every value is escaped,
 * also where a browser would not need it, and a {@linkplain #POLICY policy} has the browser run nothing even so.
 */
final class ProblemPage {
    static final String MEDIA_TYPE = "text/html;charset=utf-8";

    /** The value of {@code Content-Security-Policy} for the page. */
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final String STYLE = ":root{color-scheme:light dark}"
            + "body{max-width:40rem;margin:4rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}"
            + "h1{font-size:1.5rem}footer{margin-top:3rem;font-size:.85rem;overflow-wrap:anywhere;opacity:.8}";

    private final StringBuilder page = new StringBuilder(1024);
    private final boolean asciiOnly;

    private ProblemPage(boolean asciiOnly) {
        this.asciiOnly = asciiOnly;
    }

    /**
     * Writes a page.
     *
     * @param language the language of its texts, null if nobody knows it
     * @param asciiOnly whether everything beyond ASCII is written as a reference
     */
    static byte[] write(ProblemDetail problem, @Nullable String language, boolean asciiOnly) {
        return new ProblemPage(asciiOnly).write(problem, language).getBytes(StandardCharsets.UTF_8);
    }

    private String write(ProblemDetail problem, @Nullable String language) {
        int status = problem.status().orElse(0);
        String title = problem.title().orElseGet(() -> Messages.ENGLISH.phrase(status));
        page.append("<!DOCTYPE html>\n<html");
        if (language != null) {
            page.append(" lang=\"");
            text(language);
            page.append('"');
        }
        page.append("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
        text(title);
        page.append("</title><style>").append(STYLE).append("</style></head>\n<body>");
        element("h1", title);
        problem.detail().ifPresent(detail -> element("p", detail));
        problem.text(Members.SUGGESTION).ifPresent(suggestion -> element("p", suggestion));
        page.append("<footer>");
        if (status > 0) {
            element("div", Integer.toString(status));
        }
        problem.code().ifPresent(code -> element("div", code));
        problem.instance().ifPresent(instance -> element("div", instance));
        return page.append("</footer>\n</body></html>\n").toString();
    }

    private void element(String name, String content) {
        page.append('<').append(name).append('>');
        text(content);
        page.append("</").append(name).append(">\n");
    }

    private void text(String text) {
        text.codePoints().forEach(this::character);
    }

    private void character(int c) {
        switch (c) {
            case '<', '>', '&', '"', '\'', '`', '=' -> reference(c);
            case '\t', '\n', '\r' -> page.append(' ');
            default -> {
                if (c < ' ' || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xDFFF)) {
                    reference(0xFFFD); // HTML has no controls, and half a pair is no character
                } else if (isBidiControl(c)) {
                    reference(0xFFFD); // a browser obeys a reference as it obeys the character
                } else if (c > 0x7F && (asciiOnly || Character.getType(c) == Character.FORMAT)) {
                    reference(c);
                } else {
                    page.appendCodePoint(c);
                }
            }
        }
    }

    /** Tells what makes text read in another order than it is written (UAX 9 §2). */
    private static boolean isBidiControl(int c) {
        return (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }

    private void reference(int c) {
        page.append("&#").append(c).append(';');
    }
}
