package dev.conflict.stacks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What comes in which cell. */
enum Expected {
    /** The problem. */
    PROBLEM,
    /** What comes without the filter. */
    AS_WITHOUT,
    /**
     * The status that comes without the filter. Where Jersey is resumed, its thread races the container's, with the filter and
     * without it. On Tomcat, now and then the answer has Tomcat's page and not the application's, or none; on Jetty, the
     * failure meets the next request of the connection, which is answered 500.
     */
    AS_WITHOUT_BUT_FOR_THE_PAGE;

    /**
     * What the filter alone does not answer, though it answers its like.
     *
     * @param concerns the cells
     * @param why what happens instead, and why
     */
    record Limit(Predicate<Cell> concerns, String why) {}

    static final List<Limit> LIMITS = List.of(
            new Limit(
                    cell -> isJerseyAlone(cell) && cell.moment() == Moment.ASYNC_FIRST,
                    "Jersey reports 500 by sendError before it throws, and after startAsync() the filter must let that go on"),
            new Limit(
                    cell -> isJerseyAlone(cell) && cell.moment().isAsync(),
                    "Jersey reports 500 by sendError in the thread that resumes; no exception reaches a filter or a listener"),
            new Limit(
                    cell -> (cell.container() == Container.TOMCAT_10 || cell.container() == Container.TOMCAT_11)
                            && cell.framework() == Framework.SERVLET
                            && cell.moment() == Moment.ASYNC_FIRST
                            && cell.pages() == Cell.Pages.CONFIGURED,
                    "Tomcat plays the error page before it tells the listeners of the asynchronous cycle"),
            new Limit(
                    cell -> cell.kind() == Kind.TOLD
                            && cell.framework() == Framework.SERVLET
                            && (cell.moment() == Moment.ASYNC_FIRST || cell.moment() == Moment.ASYNC_SECOND),
                    "after startAsync() the filter answers only what it knows"));

    /** The adapter answers in Jersey what it knows, and leaves the rest to it. */
    private static boolean isJerseyAlone(Cell cell) {
        boolean known = cell.kind() != Kind.UNKNOWN && cell.kind() != Kind.TOLD;
        return cell.framework().isJersey() && !(cell.framework().isAdapted() && known);
    }

    /** What comes in a cell. */
    static Expected of(Cell cell) {
        if (cell.container() != Container.UNDERTOW
                && isJerseyAlone(cell)
                && cell.moment().isAsync()) {
            return AS_WITHOUT_BUT_FOR_THE_PAGE;
        }
        boolean passes = cell.kind() == Kind.UNKNOWN || cell.moment() == Moment.COMMITTED;
        return passes || limit(cell).isPresent() ? AS_WITHOUT : PROBLEM;
    }

    /** What keeps a conflict from being answered, empty if nothing does. */
    static Optional<Limit> limit(Cell cell) {
        if (cell.kind() == Kind.UNKNOWN) {
            return Optional.empty();
        }
        return LIMITS.stream().filter(limit -> limit.concerns().test(cell)).findFirst();
    }
}
