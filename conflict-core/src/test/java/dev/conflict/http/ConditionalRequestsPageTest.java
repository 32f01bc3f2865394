package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.Versioned;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/conditional-requests.md} shows. */
class ConditionalRequestsPageTest {
    /** As much of a servlet request as the page needs. */
    private record Request(String name, String value) {
        Enumeration<String> getHeaders(String asked) {
            return Collections.enumeration(asked.equals(name) ? List.of(value) : List.of());
        }
    }

    private record Document(String title, Revision version) implements Versioned {}

    /** As much of a servlet response. */
    private static final class Response {
        private int status = 200;

        void setStatus(int status) {
            this.status = status;
        }
    }

    private final Target target = new Target("document", "1");
    private final EntityTag tag = EntityTag.from(Revision.of(7));

    @Test
    void evaluatorWorksOnAnyTransport() {
        Request request = new Request("If-Match", "\"1-7\"");
        Verdict verdict = Preconditions.required().evaluate("PUT", request::getHeaders, Validators.of(tag));
        assertThat(verdict).isEqualTo(new Verdict.Proceed(false));
    }

    @Test
    void writerMayHaveReadAnyRepresentation() {
        Validators current = Validators.of(tag).equivalents(tag.variant("xml"), tag.variant("csv"));
        Request request = new Request("If-Match", "\"1-7+csv\"");
        assertThat(Preconditions.required().evaluate("PUT", request::getHeaders, current))
                .isEqualTo(new Verdict.Proceed(false));
    }

    @Test
    void rulesMayBeChosen() {
        Preconditions rules = Preconditions.required()
                .requiredOn("PUT", "PATCH", "DELETE", "POST") // these methods
                .refusingAny() // If-Match: * does not count
                .acceptingDates(); // a true If-Unmodified-Since does
        assertThat(rules.evaluate("POST", new Request("If-Match", "*")::getHeaders, Validators.of(tag)))
                .isEqualTo(new Verdict.Required(List.of("If-Match")));
    }

    @Test
    void whatProxiesDoToTagsMayBeAccepted() {
        Preconditions behindNginx = Preconditions.required().acceptingWeakenedTags();
        Preconditions behindHttpd = Preconditions.required().acceptingCodingSuffixes("-gzip", "--gzip");
        assertThat(behindNginx.evaluate("PUT", new Request("If-Match", "W/\"1-7\"")::getHeaders, Validators.of(tag)))
                .isEqualTo(new Verdict.Proceed(false));
        assertThat(behindHttpd.evaluate("PUT", new Request("If-Match", "\"1-7-gzip\"")::getHeaders, Validators.of(tag)))
                .isEqualTo(new Verdict.Proceed(false));
    }

    @Test
    void repeatedWriteFindsItsOwnResult() {
        Response response = new Response();
        put("theirs", response);
        assertThat(response.status).isEqualTo(204);
    }

    private void put(String title, Response response) {
        Document document = new Document("theirs", Revision.of(8));
        Validators current = Validators.of(EntityTag.from(document.version()));
        Request request = new Request("If-Match", "\"1-7\"");
        ConditionalRequest conditional = ConditionalRequest.of("PUT", request::getHeaders, Preconditions.required());
        if (!conditional.requireOrApplied(
                target, current, () -> document.title().equals(title))) {
            response.setStatus(204);
            return;
        }
        throw new AssertionError("carried out again");
    }
}
