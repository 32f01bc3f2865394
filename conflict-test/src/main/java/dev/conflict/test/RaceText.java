package dev.conflict.test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a race to a person. */
final class RaceText {

    private static final int SHOWN_FINDINGS = 3;
    private static final int SHOWN_CLIENTS = 4;

    private RaceText() {}

    static String of(RaceReport report) {
        RaceHistory history = report.recorded();
        List<String> failures = failures(report);
        List<String> lines = new ArrayList<>();
        lines.add(failures.isEmpty() ? "no update was lost" : String.join("; ", failures));
        lines.add("race of " + history.clients() + " clients in " + plural(history.rounds(), "round", "rounds")
                + (history.maxTries() > 1 ? ", up to " + history.maxTries() + " tries each" : ""));
        lines.add("  count      " + report.initialCount() + " -> " + report.finalCount() + ", grown by "
                + report.increments());
        lines.add("  successes  " + report.successes());
        lines.add("  refusals   " + refusals(report.refusals()));
        lines.add("  unknown    " + report.unknownOutcomes());
        lines.add("  lost       " + report.lostUpdates());
        lines.add("  phantom    " + report.phantomWrites());
        lines.add("  validators " + report.untrueValidators().size() + " untrue in refusals, "
                + report.unjudgedValidators() + " not judged, " + report.refusalsWithoutValidator() + " not stated");
        notes(report).forEach(note -> lines.add("  note: " + note));
        addFirst(lines, report.untrueValidators());
        addFirst(lines, report.interleavings());
        addFirst(lines, report.validatorReuse());
        return String.join("\n", lines);
    }

    /** Lists what makes the race fail. */
    static List<String> failures(RaceReport report) {
        List<String> failures = new ArrayList<>();
        if (report.lostUpdates() > 0) {
            failures.add(plural(report.lostUpdates(), "update was lost", "updates were lost"));
        }
        if (report.phantomWrites() > 0) {
            failures.add(plural(
                    report.phantomWrites(),
                    "write was applied though none of the answers says so",
                    "writes were applied though none of the answers says so"));
        }
        int untrue = report.untrueValidators().size();
        if (untrue > 0) {
            failures.add(plural(untrue, "refusal names an untrue validator", "refusals name untrue validators"));
        }
        if (report.successes() == 0) {
            failures.add("no write succeeded, so the race proves nothing");
        } else if (failures.isEmpty() && report.contestedRounds() == 0) {
            failures.add("no two clients ever wrote on the same count, so the race proves nothing");
        }
        return failures;
    }

    static List<String> notes(RaceReport report) {
        List<String> notes = new ArrayList<>();
        if (report.contestedRounds() > 0
                && report.lostUpdates() == 0
                && report.refusals().isEmpty()
                && report.unknownOutcomes() == 0) {
            notes.add(
                    "clients wrote on the same count, yet nobody was refused and nothing is missing: the resource merges");
        }
        if (report.countFell()) {
            notes.add("a read showed a count that was over before it began: the count fell, or reads are stale");
        }
        if (report.gaveUp() > 0) {
            notes.add(plural(report.gaveUp(), "client", "clients") + " did not succeed in a round");
        }
        Set<String> exceptions = new LinkedHashSet<>();
        report.recorded().all(RaceEvent.ReadFailed.class).forEach(read -> exceptions.add("read: " + read.failure()));
        report.recorded().all(RaceEvent.Unanswered.class).forEach(write -> exceptions.add("write: " + write.failure()));
        if (!exceptions.isEmpty()) {
            notes.add(plural(report.failedReads(), "read", "reads") + " and "
                    + plural(report.unknownOutcomes(), "write", "writes") + " ended in an exception, such as "
                    + exceptions.stream().limit(SHOWN_FINDINGS).collect(Collectors.joining("; ")));
        }
        return notes;
    }

    static String of(RaceReport.UntrueValidator untrue) {
        RaceEvent.Refused refusal = untrue.refusal();
        String why = switch (untrue.untruth()) {
            case NO_LONGER_BORNE -> "that state was over before the request";
            case NOT_YET_BORNE -> "that state began after the answer";
            case NEVER_BORNE -> "no state had it";
        };
        return "round " + refusal.step().round() + ", client " + refusal.step().client() + ": the refusal "
                + refusal.answer().status() + " of a write on " + state(refusal.base()) + " names " + untrue.validator()
                + ": " + why;
    }

    static String of(RaceReport.Interleaving interleaving) {
        List<RaceEvent> events = interleaving.events();
        long origin = events.get(0).step().endNanos();
        Set<Integer> shown = interleaving.writes().stream()
                .map(write -> write.step().client())
                .distinct()
                .limit(SHOWN_CLIENTS)
                .collect(Collectors.toSet());
        StringBuilder text = new StringBuilder(headline(interleaving));
        for (RaceEvent event : events) {
            if (event.step().client() == 0 || shown.contains(event.step().client())) {
                text.append("\n  ").append(line(event, origin));
            }
        }
        long hidden = interleaving.writes().stream()
                .filter(write -> !shown.contains(write.step().client()))
                .count();
        if (hidden > 0) {
            text.append("\n  and ").append(plural(hidden, "more write", "more writes"));
        }
        return text.toString();
    }

    private static String headline(RaceReport.Interleaving interleaving) {
        List<RaceEvent.Won> writes = interleaving.writes();
        String lost =
                "round " + interleaving.round() + " lost " + plural(interleaving.missing(), "update", "updates") + ": ";
        boolean oneBase = writes.size() > 1
                && writes.stream().map(write -> write.base().count()).distinct().count() == 1;
        return oneBase
                ? lost + writes.size() + " writes were all answered as successes on count "
                        + writes.get(0).base().count()
                : lost + "of " + plural(writes.size(), "success", "successes") + " not all arrived";
    }

    private static String line(RaceEvent event, long origin) {
        RaceEvent.Step step = event.step();
        String who = step.client() == 0 ? "observer" : "client " + step.client();
        return String.format(
                Locale.ROOT,
                "%8d .. %8d µs  %-10s %s",
                TimeUnit.NANOSECONDS.toMicros(step.startNanos() - origin),
                TimeUnit.NANOSECONDS.toMicros(step.endNanos() - origin),
                who,
                what(event));
    }

    private static String what(RaceEvent event) {
        if (event instanceof RaceEvent.Read read) {
            return "read " + state(read.reading());
        }
        if (event instanceof RaceEvent.Won win) {
            return "wrote on " + state(win.base()) + ", answered " + answer(win.answer());
        }
        return event.toString();
    }

    private static String state(Reading reading) {
        return "count " + reading.count() + (reading.validator() == null ? "" : ", validator " + reading.validator());
    }

    private static String answer(Answer answer) {
        return answer.status()
                + named(answer.currentValidator())
                + (answer.note().isEmpty() ? "" : " (" + answer.note() + ")");
    }

    private static String named(@Nullable String validator) {
        return validator == null ? "" : " naming " + validator;
    }

    private static String refusals(Map<Integer, Integer> byStatus) {
        long all = byStatus.values().stream().mapToInt(Integer::intValue).sum();
        return byStatus.isEmpty()
                ? "0"
                : all + " "
                        + byStatus.entrySet().stream()
                                .map(entry -> entry.getValue() + " x " + entry.getKey())
                                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static void addFirst(List<String> lines, List<?> findings) {
        findings.stream().limit(SHOWN_FINDINGS).forEach(finding -> lines.add(finding.toString()));
        if (findings.size() > SHOWN_FINDINGS) {
            lines.add("and " + (findings.size() - SHOWN_FINDINGS) + " more like it");
        }
    }

    private static String plural(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
