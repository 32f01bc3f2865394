package dev.conflict.databases;

import dev.conflict.ConflictReader;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemShape;
import dev.conflict.problem.ProblemTranslator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an edge writes when a database refused: status, header fields and bytes, in each shape, but for the id. */
final class WrittenAnswer {
    private static final Pattern ID = Pattern.compile("urn:uuid:[0-9a-f-]{36}");

    private final List<ProblemTranslator> edges;

    WrittenAnswer(ConflictReader reader) {
        edges = Stream.of(ProblemShape.RFC_9457, ProblemShape.OLDER, ProblemShape.HTML)
                .map(shape -> ProblemTranslator.builder()
                        .reader(reader)
                        .shape(any -> shape)
                        .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                        .build(getClass().getClassLoader()))
                .toList();
    }

    String to(Exception thrown) {
        StringBuilder written = new StringBuilder(4096);
        for (ProblemTranslator edge : edges) {
            Answer answer = edge.translate(
                            new IllegalStateException("wrapped", thrown),
                            ConditionalRequest.of("POST", name -> null, Preconditions.optional()),
                            Occurrence.of("POST", "/things"))
                    .orElseThrow();
            written.append(answer.status())
                    .append(new TreeMap<>(answer.fields()))
                    .append(answer.varies())
                    .append(answer.mediaType())
                    .append('\n')
                    .append(new String(answer.body(), StandardCharsets.UTF_8))
                    .append('\n')
                    .append(answer.text())
                    .append('\n');
        }
        return ID.matcher(written).replaceAll("the id");
    }
}
