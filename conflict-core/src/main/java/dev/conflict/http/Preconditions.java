package dev.conflict.http;

import dev.conflict.EntityTag;
import dev.conflict.http.TagList.Found;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the preconditions of a request to the letter of RFC 9110 §13.
 *
 * <pre>{@code
 * Verdict verdict = Preconditions.required().evaluate("PUT", request::getHeaders, Validators.of(tag));
 * }</pre>
 *
 * <p>A pure function of method, header lines and validators, in the order of §13.2.2: {@code If-Match}, else
 * {@code If-Unmodified-Since}; then {@code If-None-Match}, else {@code If-Modified-Since} of a GET or HEAD; then
 * {@code If-Range} of a GET. All methods have preconditions, unknown ones too, but for CONNECT, OPTIONS and TRACE
 * (§13.2.1).
 *
 * <p>It is strict. Several lines of a tag field are one list; {@code W/} is upper case; a backslash is a character like any
 * other; {@code If-Match} compares strongly (§13.1.1), {@code If-None-Match} weakly (§13.1.2). A field with tags that cannot
 * be read never lets a write through, while a reader whose {@code If-None-Match} cannot be read gets everything. A date
 * that cannot be read, or came in more than one line, is ignored, and so is one where the resource has none (§13.1.3,
 * §13.1.4); it counts in whole seconds.
 *
 * <p>Beyond the RFC, {@linkplain #required() rules} may demand that writes state what they are based on, and may be
 * relaxed by name: {@link #acceptingWeakenedTags}, {@link #acceptingCodingSuffixes}. Each method that changes rules returns
 * others; instances are immutable and safe for use by many threads.
 */
public final class Preconditions {
    /** The field that states which version a write is based on. */
    public static final String IF_MATCH = "If-Match";

    /** The field that states which version a read has, or that a write creates. */
    public static final String IF_NONE_MATCH = "If-None-Match";

    /** The field that states when a write read what it is based on. */
    public static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

    /** The field that states when a read received what it has. */
    public static final String IF_MODIFIED_SINCE = "If-Modified-Since";

    /** The field that states which version a read has a part of. */
    public static final String IF_RANGE = "If-Range";

    private static final String RANGE = "Range";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "CONNECT");
    private static final Set<String> STANDARD = Set.of("PUT", "PATCH", "DELETE", "POST");

    private static final int MAX_LENGTH = 8192;
    private static final int MAX_TAGS = 256;

    private static final Preconditions OPTIONAL =
            new Preconditions(Set.of(), true, false, false, List.of(), MAX_LENGTH, MAX_TAGS, InstantSource.system());
    private static final Preconditions REQUIRED = OPTIONAL.requiredOn("PUT", "PATCH", "DELETE");

    private final Set<String> guarded;
    private final boolean anyCounts;
    private final boolean dateCounts;
    private final Verdict.Required requirement;
    private final Verdict.Required requirementOfDated;
    private final InstantSource clock;

    final boolean acceptsWeakened;
    final List<String> suffixes;
    final int maxLength;
    final int maxTags;

    private Preconditions(
            Set<String> guarded,
            boolean anyCounts,
            boolean dateCounts,
            boolean acceptsWeakened,
            List<String> suffixes,
            int maxLength,
            int maxTags,
            InstantSource clock) {
        this.guarded = guarded;
        this.anyCounts = anyCounts;
        this.dateCounts = dateCounts;
        this.requirement = new Verdict.Required(List.of(IF_MATCH));
        this.requirementOfDated =
                dateCounts ? new Verdict.Required(List.of(IF_MATCH, IF_UNMODIFIED_SINCE)) : requirement;
        this.acceptsWeakened = acceptsWeakened;
        this.suffixes = suffixes;
        this.maxLength = maxLength;
        this.maxTags = maxTags;
        this.clock = clock;
    }

    /**
     * Returns rules under which PUT, PATCH and DELETE of something that exists must state {@code If-Match}.
     *
     * @return the rules
     */
    public static Preconditions required() {
        return REQUIRED;
    }

    /**
     * Returns rules under which no request must state anything; what it states is evaluated all the same.
     *
     * @return the rules
     */
    public static Preconditions optional() {
        return OPTIONAL;
    }

    /**
     * Returns the same rules for other methods: of something that exists, they must state {@code If-Match}.
     *
     * @param methods the methods, in place of those that had to until now; none if there is none
     * @return the rules
     * @throws IllegalArgumentException if a method reads only, or is a standard one that is not in upper case: methods are
     *     case-sensitive (RFC 9110 §9.1)
     */
    public Preconditions requiredOn(String... methods) {
        for (String method : methods) {
            String upper = method.toUpperCase(Locale.ROOT);
            if (READING.contains(upper) || (STANDARD.contains(upper) && !upper.equals(method))) {
                throw new IllegalArgumentException("A method that writes is expected, such as PUT, not " + method);
            }
        }
        return new Preconditions(
                Set.of(methods), anyCounts, dateCounts, acceptsWeakened, suffixes, maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules, except that {@code If-Match: *} does not do where {@code If-Match} is required: it states that
     * the resource exists, and would let a writer who has not read it overwrite it.
     *
     * @return the rules
     */
    public Preconditions refusingAny() {
        return new Preconditions(guarded, false, dateCounts, acceptsWeakened, suffixes, maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules, except that a true {@code If-Unmodified-Since} does where {@code If-Match} is required.
     *
     * <p>Two changes in one second bear one date, and the second overwrites the first. It is for clients that cannot be
     * given tags.
     *
     * @return the rules
     */
    public Preconditions acceptingDates() {
        return new Preconditions(guarded, anyCounts, true, acceptsWeakened, suffixes, maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules, except that {@code W/"x"} in {@code If-Match} is read as {@code "x"}.
     *
     * <p>RFC 9110 §13.1.1 has it fail. But proxies that compress (nginx) mark the tags of passing answers weak, and some
     * protocols (FHIR, OData) make them so. It is right for a tag that stands for a version of the resource, whatever the
     * bytes of its representation; the present tag has to be strong.
     *
     * @return the rules
     */
    public Preconditions acceptingWeakenedTags() {
        return new Preconditions(guarded, anyCounts, dateCounts, true, suffixes, maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules, except that a tag with one of these endings is taken for the tag without it, in {@code
     * If-Match} and {@code If-None-Match}.
     *
     * <p>Servers that compress (httpd, Jetty) put such endings to the tags of passing answers and do not take them off
     * requests. A tag is compared whole: the present tag's text, one ending, the quote.
     *
     * @param suffixes the endings ({@code -gzip}, {@code --gzip}, {@code -br}), in place of those accepted until now
     * @return the rules
     * @throws IllegalArgumentException if an ending is empty or has a character that no tag has
     */
    public Preconditions acceptingCodingSuffixes(String... suffixes) {
        for (String suffix : suffixes) {
            if (suffix.isEmpty()) {
                throw new IllegalArgumentException("An ending has at least one character");
            }
            EntityTag.strong(suffix); // checks its characters
        }
        return new Preconditions(
                guarded, anyCounts, dateCounts, acceptsWeakened, List.of(suffixes), maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules with other limits for a field with tags. What exceeds them is refused, not cut off.
     *
     * @param maxLength the most characters, over all lines of a field, 8192 unless set
     * @param maxTags the most tags, over all lines of a field, 256 unless set
     * @return the rules
     * @throws IllegalArgumentException if a limit is less than one
     */
    public Preconditions limits(int maxLength, int maxTags) {
        if (maxLength < 1 || maxTags < 1) {
            throw new IllegalArgumentException(
                    "A limit is at least one: " + maxLength + " characters, " + maxTags + " tags");
        }
        return new Preconditions(guarded, anyCounts, dateCounts, acceptsWeakened, suffixes, maxLength, maxTags, clock);
    }

    /**
     * Returns the same rules with another clock.
     *
     * @param clock tells the century of a date that names its year by two digits, see {@link HttpDate#parse}
     * @return the rules
     */
    public Preconditions clock(InstantSource clock) {
        return new Preconditions(
                guarded,
                anyCounts,
                dateCounts,
                acceptsWeakened,
                suffixes,
                maxLength,
                maxTags,
                Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Tells whether requests by a method must state what they are based on.
     *
     * @param method the method in upper case
     * @return true if a request that states nothing is refused with 428 where the resource exists
     */
    public boolean isRequiredOn(String method) {
        return guarded.contains(method);
    }

    /**
     * Evaluates a request.
     *
     * <p>To be called when the request is known to be carried out otherwise: RFC 9110 §13.2.1 has preconditions ignored
     * where the answer would be an error anyway, such as a 404 for a method that cannot create.
     *
     * @param method the request's method in upper case, also one that no standard knows
     * @param fields the request's header fields
     * @param current what is known of the selected representation
     * @return what to do
     */
    public Verdict evaluate(String method, FieldLines fields, Validators current) {
        if (isWithout(method)) {
            return Verdict.Proceed.INSTANCE;
        }
        try {
            Enumeration<String> match = lines(IF_MATCH, fields);
            Basis basis = match != null ? named(match, method, current) : dated(fields, current);
            if (basis == Basis.FALSE) {
                return failed(match != null ? IF_MATCH : IF_UNMODIFIED_SINCE, fields, current);
            }
            Enumeration<String> noneMatch = lines(IF_NONE_MATCH, fields);
            if (noneMatch != null
                    ? isNamed(noneMatch, isRead(method), current)
                    : isUnmodified(method, fields, current)) {
                return isRead(method) ? Verdict.NotModified.INSTANCE : failed(IF_NONE_MATCH, fields, current);
            }
            if (basis == Basis.NONE && current.exists() && isRequiredOn(method)) {
                return current.isDated() ? requirementOfDated : requirement;
            }
            return isGet(method) && !isRangeOf(fields, current) ? Verdict.Proceed.WHOLE : Verdict.Proceed.INSTANCE;
        } catch (TagList.Fault fault) {
            return fault.verdict;
        }
    }

    /** What a request says of the state that it is based on. */
    private enum Basis {
        NONE,
        PRESENT,
        FALSE
    }

    private Basis named(Enumeration<String> lines, String method, Validators current) throws TagList.Fault {
        Found stated = strongly(lines, method, current);
        if (stated == Found.NO_MATCH || !current.exists()) {
            return Basis.FALSE;
        }
        return stated == Found.MATCH || anyCounts ? Basis.PRESENT : Basis.NONE;
    }

    private Basis dated(FieldLines fields, Validators current) {
        long stated = current.isDated() ? date(fields, IF_UNMODIFIED_SINCE) : HttpDate.NONE;
        if (stated == HttpDate.NONE) {
            return Basis.NONE;
        }
        if (current.lastModifiedSecond() > stated) {
            return Basis.FALSE;
        }
        return dateCounts ? Basis.PRESENT : Basis.NONE;
    }

    private boolean isUnmodified(String method, FieldLines fields, Validators current) {
        long stated = current.isDated() && isRead(method) ? date(fields, IF_MODIFIED_SINCE) : HttpDate.NONE;
        return stated != HttpDate.NONE && current.lastModifiedSecond() <= stated;
    }

    /** Reads an If-Match. */
    Found strongly(Enumeration<String> lines, String method, Validators current) throws TagList.Fault {
        String line = lines.nextElement();
        boolean more = lines.hasMoreElements();
        return isExactly(line, more, current)
                ? Found.MATCH
                : TagList.find(line, more, lines, IF_MATCH, this, current, true, !isRead(method));
    }

    /** Reads a field for which a weak mark makes no difference. */
    Found weakly(Enumeration<String> lines, String header, Validators current) throws TagList.Fault {
        String line = lines.nextElement();
        boolean more = lines.hasMoreElements();
        return isExactly(line, more, current)
                ? Found.MATCH
                : TagList.find(line, more, lines, header, this, current, false, false);
    }

    /** Most requests state the one present tag; the reader of lists is for the others. */
    private boolean isExactly(String line, boolean more, Validators current) {
        return !more && line.equals(current.strongTag()) && line.length() <= maxLength;
    }

    private static boolean isWithout(String method) {
        int length = method.length(); // two comparisons a request, rather than one a method
        return (length == 5 || length == 7)
                && (method.equals("OPTIONS") || method.equals("TRACE") || method.equals("CONNECT"));
    }

    private static boolean isRead(String method) {
        return isGet(method) || method.equals("HEAD");
    }

    /** One character tells most methods apart; a comparison of strings costs as much as that of a tag. */
    private static boolean isGet(String method) {
        return method.length() == 3 && method.charAt(0) == 'G' && method.equals("GET");
    }

    /** The lines of a field, at least one; null if the field is absent. */
    static @Nullable Enumeration<String> lines(String header, FieldLines fields) {
        Enumeration<String> lines = fields.of(header);
        return lines != null && lines.hasMoreElements() ? lines : null;
    }

    private static Verdict failed(String header, FieldLines fields, Validators current) {
        return new Verdict.Failed(header, value(header, fields), current.tag());
    }

    /** The lines of a field as one value; empty if it is absent. */
    static String value(String header, FieldLines fields) {
        StringJoiner value = new StringJoiner(", ");
        Enumeration<String> lines = fields.of(header);
        while (lines != null && lines.hasMoreElements()) {
            value.add(lines.nextElement());
        }
        return value.toString();
    }

    /** Whether If-None-Match names the present representation. */
    private boolean isNamed(Enumeration<String> lines, boolean read, Validators current) throws TagList.Fault {
        try {
            return weakly(lines, IF_NONE_MATCH, current) != Found.NO_MATCH && current.exists();
        } catch (TagList.Fault fault) {
            if (read) {
                return false; // a reader who cannot say what he has gets everything
            }
            throw fault;
        }
    }

    /** Whether If-Range, if it counts at all, names the present representation (RFC 9110 §13.1.5). */
    private boolean isRangeOf(FieldLines fields, Validators current) {
        Enumeration<String> lines = lines(IF_RANGE, fields);
        if (lines == null || lines(RANGE, fields) == null) {
            return true;
        }
        String stated = only(lines);
        if (stated == null) {
            return false;
        }
        EntityTag tag = current.tag();
        if (tag != null && !tag.isWeak() && stated.equals(tag.toString())) {
            return true;
        }
        if (!current.isDated() || !current.isDateStrong()) {
            return false;
        }
        return HttpDate.isExactly(stated, current.lastModifiedSecond(), clock);
    }

    /** The date of a field, {@link HttpDate#NONE} if it is absent, no date, or came more than once. */
    private long date(FieldLines fields, String header) {
        Enumeration<String> lines = lines(header, fields);
        String stated = lines == null ? null : only(lines);
        return stated == null ? HttpDate.NONE : HttpDate.epochSecond(stated, clock);
    }

    /** The one line of a field, null if there are more. */
    private static @Nullable String only(Enumeration<String> lines) {
        String line = lines.nextElement();
        return lines.hasMoreElements() ? null : trim(line);
    }

    /** Takes white space off that RFC 9110 §5.6.3 allows around a value; copies nothing if there is none. */
    static String trim(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isSpace(line.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** Tells whether {@code If-Match} would be true if a weak mark were overlooked. */
    boolean namesWeakly(FieldLines fields, Validators current) {
        Enumeration<String> lines = fields.of(IF_MATCH);
        try {
            return lines != null && weakly(lines, IF_MATCH, current) == Found.MATCH;
        } catch (TagList.Fault malformed) {
            return false;
        }
    }
}
