package dev.conflict.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemSchemasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an application's own type | {'type':'https://shop.example/out-of-credit','code':'OUT_OF_CREDIT','balance':{}}",
                "an application's own code | {'type':'urn:problem-type:conflict:state-conflict','title':'t','status':409,"
                        + "'detail':'d','suggestion':'s','instance':'urn:uuid:1','path':'/','timestamp':'2026-11-23T10:00:00Z','code':'SHIPPED'}",
                "another base | {'type':'https://shop.example/problems/state-conflict','title':'t','status':409,"
                        + "'detail':'d','suggestion':'s','instance':'urn:uuid:1','path':'/','timestamp':'2026-11-23T10:00:00Z','code':'SHIPPED'}",
            })
    void checkLetsPass(String what, String body) {
        assertThat(ProblemSchemas.faults(json(body))).isEmpty();
    }

    /** The check that every test asks can say no. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no object                           | ['type']",
                "no JSON                             | {'type':",
                "two of them                         | {'type':'a'} {}",
                "type is no reference                | {'type':'a b'}",
                "status is a text                    | {'type':'https://shop.example/a','status':'409'}",
                "status is none                      | {'type':'https://shop.example/a','status':4711}",
                "about:blank without an id           | {'type':'about:blank','title':'Conflict','status':409,'detail':'d','suggestion':'s',"
                        + "'path':'/','timestamp':'2026-11-23T10:00:00Z'}",
                "about:blank without advice          | {'type':'about:blank','title':'Conflict','status':409,'detail':'d',"
                        + "'instance':'urn:uuid:1','path':'/','timestamp':'2026-11-23T10:00:00Z'}",
                "a type of ours without its members  | {'type':'urn:problem-type:conflict:uniqueness','title':'t','status':409,"
                        + "'detail':'d','suggestion':'s','instance':'urn:uuid:1','path':'/','timestamp':'2026-11-23T10:00:00Z',"
                        + "'code':'EMAIL_TAKEN'}",
                "a type of ours, and little more     | {'type':'urn:problem-type:conflict:state-conflict','status':409}",
                "a type of ours under another base   | {'type':'https://shop.example/problems/state-conflict','status':409}",
                "a code of ours under another type   | {'type':'https://shop.example/a','code':'VERSION_MISMATCH'}",
                "a code of ours under no type        | {'type':'about:blank','title':'Conflict','status':409,'detail':'d','suggestion':'s',"
                        + "'instance':'urn:uuid:1','path':'/','timestamp':'2026-11-23T10:00:00Z','code':'VERSION_MISMATCH'}",
            })
    void checkRefuses(String what, String body) {
        assertThat(ProblemSchemas.faults(json(body))).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ProblemSchemas.check("application/problem+json;charset=utf-8", json(body)))
                .withMessageContaining(body.replace('\'', '"').substring(0, 5));
        assertThatNoException().isThrownBy(() -> ProblemSchemas.check("text/html", json(body)));
    }

    private static byte[] json(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
