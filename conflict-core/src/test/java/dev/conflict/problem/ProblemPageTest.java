package dev.conflict.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a page, and what may stand on it. */
class ProblemPageTest {
    private static final ProblemTranslator TRANSLATOR =
            ProblemTranslator.builder().build(ProblemPageTest.class.getClassLoader());

    private static boolean prefersHtml(@Nullable String accept) {
        return Occurrence.of("GET", "/").withAccept(accept).prefersHtml();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/HTML",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
                        + "application/signed-exchange;v=b3;q=0.7",
                "application/json;q=0.5, text/html;q=0.501",
                "text/*, application/json;q=0.9",
                "text/html;q=0.001",
                "text/html ; level=1 ; Q=1.000 , */* ; q=0.1",
                "text/html;a=\"x,y\\\"\";q=0.5, application/*;q=0.4",
                ",, text/html,,",
                "text/html;q=0.3, application/json;q=0, */*;q=0.9",
                "application/*;q=0.1, */*;q=0.2",
            })
    void clientThatPrefersAPageGetsOne(String accept) {
        assertThat(prefersHtml(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "*/*",
                "application/json",
                "application/problem+json",
                "application/json, text/html",
                "text/html;q=0.9, application/vnd.shop.v1+json",
                "text/html;q=0",
                "text/html;q=0, */*",
                "text/*;q=0.5, application/json;q=0.5",
                "image/png",
                "text/plain",
                "application/xhtml+xml",
                // malformed: what HttpURLConnection sends unless it is told otherwise, and worse
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "text/html;q=2",
                "text/html;q=1.001",
                "text/html;q=0.1234",
                "text/html;q=",
                "text/html;q=\"1\"",
                "text/html;q",
                "text/html;a=\"x",
                "text/html;a=\"x\\",
                "text/html image/png",
                "text/",
                "text",
                "/html",
                "*/html, text/html",
                "text/html;=1",
                "text/html\u0000",
                "text/html; @",
            })
    void everybodyElseGetsJson(String accept) {
        assertThat(prefersHtml(accept)).isFalse();
    }

    @Test
    void absentOrEndlessFieldPrefersNothing() {
        assertThat(prefersHtml(null)).isFalse();
        assertThat(prefersHtml("text/html" + " ".repeat(2039))).isTrue();
        assertThat(prefersHtml("text/html" + " ".repeat(2040))).isFalse();
    }

    private static Answer answer(ProblemTranslator translator, Throwable thrown, String accept, String language) {
        ConditionalRequest ledger = ConditionalRequest.of("POST", name -> null, Preconditions.required());
        Occurrence occurrence =
                Occurrence.of("POST", "/orders/1").withAccept(accept).withAcceptLanguage(language);
        return translator.translate(thrown, ledger, occurrence).map(Held::of).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"en, en", "de-CH, de", "fr, en"})
    void pageIsInTheLanguageOfItsTexts(String asked, String told) {
        Answer answer = answer(TRANSLATOR, ConflictException.state("S"), "text/html", asked);

        assertThat(answer.mediaType()).contains("text/html;charset=utf-8");
        assertThat(answer.fields()).containsEntry("Content-Language", told);
        assertThat(answer.varies()).containsExactlyInAnyOrder("Accept-Language", "Accept");
        assertThat(new String(answer.body(), UTF_8)).contains("<html lang=\"" + told + "\">");
    }

    @Test
    void pageAllowsTheBrowserNothing() {
        Answer answer = answer(TRANSLATOR, ConflictException.state("S"), "text/html", "en");

        assertThat(answer.fields())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .hasEntrySatisfying(
                        "Content-Security-Policy", policy -> assertThat(policy).startsWith("default-src 'none'; "));
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("<script", "http", "src=", "href");
        assertThat(answer(TRANSLATOR, ConflictException.state("S"), "*/*", "en").fields())
                .doesNotContainKey("Content-Security-Policy");
    }

    @Test
    void pageShowsWhatAPersonNeedsAndNoOtherMember() {
        ConflictException conflict = ConflictException.state("ORDER_ALREADY_SHIPPED")
                .current("SHIPPED")
                .detail("It left.")
                .suggest("Open a return instead.");
        Answer answer = answer(TRANSLATOR, conflict, "text/html", "en");

        assertThat(new String(answer.body(), UTF_8))
                .contains("<h1>" + answer.problem().title().orElseThrow() + "</h1>")
                .contains("<p>It left.</p>")
                .contains("<p>Open a return instead.</p>")
                .contains("<div>409</div>")
                .contains("<div>ORDER_ALREADY_SHIPPED</div>")
                .contains("<div>" + answer.problem().instance().orElseThrow() + "</div>")
                .doesNotContain(">SHIPPED<", "/orders/1");
    }

    @Test
    void everyValueIsEscaped() {
        String planted = "\"'><script>alert(1)</script>&amp;`=\u0000\n\u202e\ud800é€😀";
        ProblemDetail problem = ProblemDetail.builder(409)
                .title(planted)
                .detail(planted)
                .extension("suggestion", planted)
                .extension("code", planted)
                .build();
        String page = new String(ProblemPage.write(problem, planted, false), UTF_8);
        String ascii = new String(ProblemPage.write(problem, planted, true), UTF_8);

        String escaped =
                "&#34;&#39;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;&#96;&#61;&#65533; &#65533;&#65533;";
        assertThat(page).doesNotContain("<script", "\u0000", "\u202e").contains("<h1>" + escaped + "é€😀</h1>");
        assertThat(ascii)
                .contains("<p>" + escaped + "&#233;&#8364;&#128512;</p>")
                .matches("\\p{ASCII}*");
        assertThat(page.split("&#60;script", -1)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingTurnsTextAroundInABrowser(boolean asciiOnly) {
        String controls = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
        ProblemDetail problem =
                ProblemDetail.builder(409).title("a" + controls + "b\u200dc").build();
        String page = new String(ProblemPage.write(problem, "en", asciiOnly), UTF_8);
        String decoded = Pattern.compile("&#(\\d+);")
                .matcher(page)
                .replaceAll(reference -> Character.toString(Integer.parseInt(reference.group(1))));

        assertThat(decoded)
                .contains("<h1>a" + "\ufffd".repeat(controls.length()) + "b\u200dc</h1>")
                .doesNotContain(controls.split(""));
    }

    @Test
    void pageWithoutTextsHasAPhraseAndNoLanguage() {
        String page =
                new String(ProblemShape.HTML.write(ProblemDetail.builder(422).build()), UTF_8);

        assertThat(page).contains("<html><head>").contains("<h1>Unprocessable Content</h1>");
    }

    @Test
    void applicationThatChoosesTheShapeChoosesTheWholeOfIt() {
        ProblemTranslator older = ProblemTranslator.builder()
                .shape(occurrence -> ProblemShape.OLDER)
                .build(ProblemPageTest.class.getClassLoader());
        Answer answer = answer(older, ConflictException.state("S"), "text/html", "en");

        assertThat(answer.mediaType()).contains("application/json");
        assertThat(answer.varies()).containsExactly("Accept-Language");
    }

    @Test
    void neutralReplyIsTheApplicationsOwn() {
        ProblemTranslator neutral = ProblemTranslator.builder()
                .neutral((occurrence, taken) -> Optional.of(NeutralReply.of(202).body("application/json", "{}")))
                .build(ProblemPageTest.class.getClassLoader());

        assertThat(answer(neutral, ConflictException.unique("email"), "text/html", "en")
                        .mediaType())
                .contains("application/json");
    }
}
