package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.file.FileNameException;
import dev.conflict.file.FileTooLargeException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Vocabulary.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What stands in braces in our texts is a member that such an answer can have; a text with any other would never be told.
 *
 * <p>Which those are is not written here: every kind is answered with everything that it can carry.
 */
class PlaceholdersTest {
    private static final String PATH = "/planted/path";

    /** Members that the edge adds, of which no text can be made. */
    private static final Set<String> OF_THE_EDGE = Set.of(
            Members.CODE, Members.SUGGESTION, Members.LINKS, Members.RETRYABLE, Members.TIMESTAMP, Members.TRACE_ID);

    private static final List<ProblemDetail> ANSWERS = answers();

    private static List<ProblemDetail> answers() {
        List<RuntimeException> thrown = new ArrayList<>(VocabularyTest.rows().values());
        thrown.add(ConflictException.state("FOLDER_MISSING").with(Details.none().with(Member.PATH, "folder")));
        thrown.add(new FileNameException("a:b", 1, "reason"));
        thrown.add(new FileTooLargeException("a.txt", 10));
        ProblemTranslator translator = ProblemTranslator.builder().build(PlaceholdersTest.class.getClassLoader());
        return thrown.stream()
                .map(each -> translator
                        .translate(
                                each,
                                ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                                Occurrence.of("PUT", PATH))
                        .orElseThrow()
                        .problem())
                .toList();
    }

    /** How a key begins that is a text of this answer. */
    private static String prefix(ProblemDetail problem) {
        String type = problem.type();
        return type.equals("about:blank")
                ? "about-blank." + problem.status().orElseThrow()
                : type.substring(type.lastIndexOf(':') + 1);
    }

    private static Set<String> members(ProblemDetail problem) {
        Set<String> members = new HashSet<>(problem.extensions().keySet());
        members.removeAll(OF_THE_EDGE);
        if (problem.text(Members.PATH).orElse(PATH).equals(PATH)) {
            members.remove(Members.PATH); // the request's; a file's stands in its place
        }
        return members;
    }

    /** The placeholders that no answer of the key's type, and code if it names one, can fill, by key. */
    private static Map<String, Set<String>> vain(Map<String, String> texts) {
        Map<String, Set<String>> vain = new TreeMap<>();
        texts.forEach((key, text) -> {
            Set<String> names = new HashSet<>(Texts.members(text));
            List<ProblemDetail> ofType = ANSWERS.stream()
                    .filter(problem -> key.startsWith(prefix(problem) + "."))
                    .toList();
            List<ProblemDetail> ofCode = ofType.stream()
                    .filter(problem -> problem.code().isPresent()
                            && key.startsWith(
                                    prefix(problem) + "." + problem.code().get() + "."))
                    .toList();
            (ofCode.isEmpty() ? ofType : ofCode).forEach(problem -> names.removeAll(members(problem)));
            if (!names.isEmpty()) {
                vain.put(key, names);
            }
        });
        return vain;
    }

    @Test
    void everyPlaceholderCanBeFilled() {
        Messages messages = Messages.load(List.of(), Locale.ENGLISH, getClass().getClassLoader());
        for (Locale language : messages.languages()) {
            assertThat(vain(messages.in(language).orElseThrow().byKey()))
                    .as(language.toLanguageTag())
                    .isEmpty();
        }
    }

    /** The check can say no. */
    @ParameterizedTest
    @CsvSource({
        "version-missing.detail, feild",
        "version-missing.detail, path",
        "locked.detail, header",
        "locked.suggestion, timestamp",
        "precondition-failed.VERSION_MISMATCH.detail, header",
        "precondition-failed.VERSION_MISMATCH.WEAK_TAG.detail, path",
        "state-conflict.PREREQUISITES.detail, conflictingField",
        "file-conflict.FILE_EXISTS.FOLDER.detail, header",
        "about-blank.404.detail, position",
        "about-blank.413.FILE.detail, position",
        "about-blank.4xx.detail, limit",
        "unheard-of.detail, field"
    })
    void placeholderThatNoSuchAnswerFillsIsFound(String key, String member) {
        assertThat(vain(Map.of(key, "A {" + member + "}."))).isEqualTo(Map.of(key, Set.of(member)));
    }

    @ParameterizedTest
    @CsvSource({
        "version-missing.detail, field",
        "locked.detail, lockedBy",
        "precondition-failed.PRECONDITION_FAILED.detail, header",
        "precondition-too-large.TAGS.detail, limit",
        "state-conflict.FOLDER_MISSING.detail, path",
        "file-conflict.FILE_CHANGED.GONE.detail, path",
        "about-blank.400.FILE_NAME.detail, position"
    })
    void placeholderThatOneFillsIsNone(String key, String member) {
        assertThat(vain(Map.of(key, "A {" + member + "}."))).isEmpty();
    }
}
