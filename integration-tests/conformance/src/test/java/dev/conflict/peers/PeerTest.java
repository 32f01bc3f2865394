package dev.conflict.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.conformance.ConformanceCase;
import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.conformance.ConformanceSuite.Generated;
import dev.conflict.conformance.ConformanceSuite.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each peer passes every case but those of its file in {@code known-failures}, and fails every one of these. */
class PeerTest {
    private static final Path README = Path.of("../../conformance/README.md");

    static Stream<Peer> peers() {
        return Stream.of(new Ours(), new Tomcat(), new Spring(), new Jersey());
    }

    @ParameterizedTest
    @MethodSource("peers")
    void failsWhatIsKnownAndNothingElse(Peer peer) throws IOException {
        KnownFailures known = KnownFailures.of(peer.name());
        Result result = new Result();
        ConformanceSuite.cases().forEach(asked -> result.add(peer, asked));
        for (Generator generator : ConformanceSuite.generators()) {
            result.add(peer, generator);
        }

        System.out.println(result.report(known.title()));
        Files.write(
                Path.of("target", peer.name() + "-failures.txt"), result.lines()); // to write the file of a new version
        assertThat(peer.version()).startsWith(known.version());
        assertThat(result.failures).isEqualTo(known.failures());
        assertThat(README).content().contains(result.row(known.title()));
    }

    /** What became of each case, and of each request of a generator; a generator counts once. */
    private static final class Result {
        final Map<String, String> failures = new TreeMap<>();
        private final Map<String, Integer> notApplicable = new LinkedHashMap<>();
        private int passed;
        private int otherwise;
        private int failed;

        void add(Peer peer, ConformanceCase asked) {
            Optional<String> reason = peer.notApplicable(asked);
            if (reason.isPresent()) {
                notApplicable.merge(reason.get(), 1, Integer::sum);
                return;
            }
            String outcome = outcome(peer, asked);
            if (!asked.allows(outcome)) {
                failures.put(asked.id(), outcome);
                failed++;
            } else if (asked.expects(outcome)) {
                passed++;
            } else {
                otherwise++;
            }
        }

        void add(Peer peer, Generator generator) {
            List<ConformanceCase> requests = generator.requests().stream()
                    .map(Generated::asCase)
                    .filter(asked -> peer.notApplicable(asked).isEmpty())
                    .toList();
            int before = failures.size();
            for (ConformanceCase asked : requests) {
                String outcome = outcome(peer, asked);
                if (!asked.allows(outcome)) {
                    failures.put(asked.id(), outcome);
                }
            }
            if (failures.size() > before) {
                failed++;
            } else {
                passed++;
            }
        }

        private static String outcome(Peer peer, ConformanceCase asked) {
            try {
                return peer.outcome(asked);
            } catch (Exception thrown) {
                return "throws " + thrown.getClass().getName();
            }
        }

        List<String> lines() {
            return failures.entrySet().stream()
                    .map(failure -> failure.getKey() + "\t" + failure.getValue())
                    .toList();
        }

        String row(String title) {
            return "| %s | %d | %d | %d | %d |".formatted(title, passed, otherwise, failed, notApplicable());
        }

        private int notApplicable() {
            return notApplicable.values().stream().mapToInt(cases -> cases).sum();
        }

        String report(String title) {
            StringBuilder report =
                    new StringBuilder("%s: passed %d, otherwise than recommended %d, failed %d, not applicable %d"
                            .formatted(title, passed, otherwise, failed, notApplicable()));
            notApplicable.forEach((reason, cases) -> report.append("\n    %3d %s".formatted(cases, reason)));
            return report.toString();
        }
    }
}
