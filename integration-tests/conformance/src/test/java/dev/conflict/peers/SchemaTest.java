package dev.conflict.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.conflict.conformance.ConformanceSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the conformance folder are as their schema says. */
class SchemaTest {
    private static final Path FOLDER = Path.of("../../conformance");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ConformanceSuite.read("schema"));

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> FOLDER.relativize(file).toString().replace(".json", ""))
                    .filter(file -> !file.equals("schema"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsAsTheSchemaSays(String file) {
        assertThat(SCHEMA.validate(ConformanceSuite.read(file.replace('\\', '/'))))
                .isEmpty();
    }

    @Test
    void caseWithoutReasonOrWithUnknownMemberIsRefused() {
        JsonNode file = ConformanceSuite.read("cases/if-match");
        ObjectNode first = (ObjectNode) file.required("cases").required(0);
        first.remove("why");
        first.put("because", "misspelt");

        assertThat(SCHEMA.validate(file)).isNotEmpty();
    }

    /** A server that requires preconditions is another one, so its file may repeat requests of others. */
    @Test
    void noTwoCasesAskTheSame() {
        Map<JsonNode, String> asked = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (String theme : ConformanceSuite.THEMES) {
            for (JsonNode each : ConformanceSuite.read("cases/" + theme).required("cases")) {
                String id = each.required("id").textValue();
                JsonNode question = each.<ObjectNode>deepCopy().without(List.of("id", "section", "level", "why"));
                String before = asked.put(question, id);
                if (before != null) {
                    repeated.add(before + " = " + id);
                }
            }
        }

        assertThat(asked).hasSizeGreaterThan(700);
        assertThat(repeated).isEmpty();
    }
}
