package dev.conflict.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Held;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemTranslator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names files can have. */
class ConflictFilesNameTest {
    @TempDir(factory = ConflictFilesRoots.class)
    Path root;

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
                    empty                  ; ``                       ; 0 ; relative
                    absolute               ; /a                       ; 0 ; relative
                    a drive                ; C:/a                     ; 1 ; characters
                    a network share        ; //server/a               ; 0 ; relative
                    empty part             ; a//b                     ; 2 ; relative
                    a slash at the end     ; a/                       ; 2 ; relative
                    this folder            ; .                        ; 0 ; dot
                    the folder above       ; ..                       ; 1 ; dot
                    up and away            ; a/../../b                ; 3 ; dot
                    this folder inside     ; a/./b                    ; 2 ; dot
                    many dots              ; a/...                    ; 4 ; dot
                    a dot at the end       ; a.txt.                   ; 5 ; dot
                    a dot before the slash ; a./b                     ; 1 ; dot
                    a space at the end     ; `a `                     ; 1 ; dot
                    only a space           ; ` `                      ; 0 ; dot
                    backslash              ; a\\b                     ; 1 ; characters
                    backslash up           ; ..\\b                    ; 2 ; characters
                    alternate stream       ; a.txt:b                  ; 5 ; characters
                    asterisk               ; a*                       ; 1 ; characters
                    question mark          ; a?                       ; 1 ; characters
                    double quote           ; a"                       ; 1 ; characters
                    less than              ; a<                       ; 1 ; characters
                    greater than           ; a>                       ; 1 ; characters
                    pipe                   ; a|                       ; 1 ; characters
                    device                 ; con                      ; 0 ; reserved
                    device in capitals     ; d/NUL                    ; 2 ; reserved
                    device with extension  ; Aux.txt                  ; 0 ; reserved
                    device, two extensions ; prn.tar.gz               ; 0 ; reserved
                    device with a space    ; con .txt                 ; 0 ; reserved
                    serial port            ; com1                     ; 0 ; reserved
                    printer                ; LPT9.txt                 ; 0 ; reserved
                    superscript port       ; com\u00B2                ; 0 ; reserved
                    console                ; CONIN$                   ; 0 ; reserved
                    the hidden folder      ; .conflict-files          ; 0 ; reserved
                    inside it              ; .conflict-files/locks/00 ; 0 ; reserved
                    its drafts             ; .conflict-files-x        ; 0 ; reserved
                    in capitals            ; .Conflict-FILES          ; 0 ; reserved
                    in another folder      ; a/.conflict-files        ; 2 ; reserved
                    joined invisibly       ; .conf\u200Dlict-files    ; 0 ; reserved
                    in full width          ; .\uFF43onflict-files     ; 0 ; reserved
                    abbreviated by Windows ; CONFLI~1                 ; 0 ; reserved
                    """, delimiter = ';', ignoreLeadingAndTrailingWhitespace = true)
    void nameIsRefusedWithTheIndex(String what, String name, int index, String why) {
        assertRefused(name, index, why);
    }

    private void assertRefused(String name, int index, String why) {
        ConflictFiles files = ConflictFiles.in(root);

        FileNameException refusal =
                catchThrowableOfType(FileNameException.class, () -> files.create(name, new byte[0]));

        assertThat(refusal.index()).isEqualTo(index);
        assertThat(refusal).hasMessageContaining(why).hasMessageStartingWith("The file name cannot be used, at index");
        assertThat(refusal.name()).isEqualTo(name);
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(root).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, '\n', '\r', 0x1F, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069})
    void controlCharacterIsRefusedAndNotRepeated(int character) {
        assertRefused("a" + (char) character + "b", 1, "no control characters");
    }

    @ParameterizedTest
    @CsvSource({"D83D, 1", "DE00, 1", "DE00 D83D, 1", "D83D 0078, 1", "D83D DE00 DE00, 3"})
    void halfASurrogatePairIsRefused(String characters, int index) {
        StringBuilder name = new StringBuilder("a");
        for (String character : characters.split(" ", -1)) {
            name.append((char) Integer.parseInt(character, 16));
        }
        assertRefused(name.toString(), index, "surrogate");
    }

    @Test
    void lengthsAreLimited() {
        assertRefused("x".repeat(256), 0, "255 bytes");
        assertRefused("d/" + "\u00FC".repeat(128), 2, "255 bytes");
        assertRefused("x".repeat(200) + ("/" + "x".repeat(200)).repeat(4) + "/" + "x".repeat(20), 1024, "1024");
        assertRefused("d/".repeat(32) + "x", 64, "32 parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".a",
                "..a",
                "a..b",
                " a",
                "a b.txt",
                "\u00FC.txt",
                "u\u0308.txt",
                "\uD83D\uDE00.txt",
                "\u6587\u4EF6",
                "console",
                "com",
                "com10",
                "comx.txt",
                "nul-1.txt",
                "conflict-files",
                "confli",
                "a~1",
                "#%&+;=@[]{}'`$!^,-_()",
                "-rf"
            })
    void ordinaryNameIsTaken(String name) {
        assertThatCode(() -> ConflictFiles.in(root).create(name, new byte[1])).doesNotThrowAnyException();
        assertThat(ConflictFiles.in(root).list().entries())
                .extracting(FileEntry::name)
                .containsExactly(name);
    }

    @Test
    void longestNamesAreTaken() {
        ConflictFiles files = ConflictFiles.in(root);
        String deepest = "";
        for (int i = 0; i < 31; i++) {
            deepest += "d";
            files.createFolder(deepest);
            deepest += "/";
        }

        files.create(deepest + "x", new byte[1]);
        files.create("x".repeat(255), new byte[1]);

        assertThat(files.tag(deepest + "x")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The file name cannot be used: it is wrong at index 2. | The content is larger than the limit of 4 bytes.",
                "de | Der Dateiname ist nicht verwendbar: Er ist an der Stelle 2 falsch."
                        + " | Der Inhalt ist größer als die Grenze von 4 Bytes."
            })
    void edgeAnswersUnusableNamesWith400AndLargeContentsWith413(String language, String name, String content) {
        Answer badName = answer(new FileNameException("a/../b", 2, "no text of an exception is copied"), language);
        Answer tooLarge = answer(new FileTooLargeException("a.txt", 4), language);

        assertThat(badName.status()).isEqualTo(400);
        assertThat(badName.problem().detail()).contains(name);
        assertThat(badName.problem().text("suggestion")).isPresent();
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.problem().detail()).contains(content);
        assertThat(tooLarge.problem().extensions()).containsEntry("limit", 4L);
        for (Answer answer : List.of(badName, tooLarge)) {
            assertThat(answer.fields()).containsEntry("Content-Language", language);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("is copied", "a.txt", "a/..");
        }
    }

    private static Answer answer(RuntimeException thrown, String language) {
        ConditionalRequest request =
                ConditionalRequest.of("PUT", name -> Collections.emptyEnumeration(), Preconditions.required());
        return ProblemTranslator.builder()
                .build(ConflictFilesNameTest.class.getClassLoader())
                .translate(thrown, request, Occurrence.of("PUT", "/files/x").withAcceptLanguage(language))
                .map(Held::of)
                .orElseThrow();
    }
}
