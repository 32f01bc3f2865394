package dev.conflict.peers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.conformance.ConformanceSuite.Generated;
import dev.conflict.conformance.ConformanceSuite.Generator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cases that a peer is known to fail.
 *
 * @param title its name and version
 * @param version its version
 * @param failures what it does instead, by the name of the case or of the generated request
 */
record KnownFailures(String title, String version, Map<String, String> failures) {
    static KnownFailures of(String peer) {
        JsonNode file = ConformanceSuite.read("known-failures/" + peer);
        Map<String, String> failures = new TreeMap<>();
        for (JsonNode group : file.required("failures")) {
            String instead = group.required("instead").textValue();
            for (JsonNode id : group.path("cases")) {
                add(failures, id.textValue(), instead);
            }
            if (group.has("generator")) {
                generator(group.required("generator").textValue()).requests().stream()
                        .filter(request -> ConformanceSuite.holds(group.required("when"), request.values()))
                        .map(Generated::asCase)
                        .forEach(asked -> add(failures, asked.id(), instead));
            }
        }
        String version = file.required("version").textValue();
        return new KnownFailures(file.required("peer").textValue() + " " + version, version, failures);
    }

    private static Generator generator(String id) {
        return ConformanceSuite.generators().stream()
                .filter(generator -> generator.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void add(Map<String, String> failures, String id, String instead) {
        if (failures.put(id, instead) != null) {
            throw new IllegalStateException(id + " is listed twice");
        }
    }
}
