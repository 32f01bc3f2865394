package dev.conflict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What each published module brings to a user, and that no gate of it is switched off. */
class PublishedModuleTest {
    @ParameterizedTest
    @MethodSource("dev.conflict.house.House#published")
    void dependenciesAreAsAgreed(House.Published module) throws IOException {
        String tree = Files.readString(module.target().resolve("dependency-tree.txt"));

        Golden.assertMatches("dependencies/" + module.artifact() + ".txt", tree.replace(":" + House.VERSION, ""));
    }

    @ParameterizedTest
    @MethodSource("dev.conflict.house.House#published")
    void jarStaysInItsBudget(House.Published module) throws IOException {
        Properties budgets = new Properties();
        try (InputStream file = Files.newInputStream(House.GOLDEN.resolve("../size-budgets.properties"))) {
            budgets.load(file);
        }

        assertThat(budgets).as("a budget in size-budgets.properties").containsKey(module.artifact());
        assertThat(Files.size(module.jar()))
                .isLessThanOrEqualTo(1024 * Long.parseLong(budgets.getProperty(module.artifact())));
    }

    @ParameterizedTest
    @MethodSource("dev.conflict.house.House#publishedWithCode")
    void codeHasTestsCoverageAndJavadoc(House.Published module) throws IOException {
        assertThat(module.target().resolve("jacoco.exec")).exists();
        assertThat(module.javadocJar()).exists();
        try (Stream<Path> tests = Files.walk(module.target().resolve("test-classes"))) {
            assertThat(tests).anyMatch(path -> path.toString().endsWith("Test.class"));
        }
    }

    @Test
    void bomBringsEachPublishedModuleAndNothingElse() throws IOException, SAXException, ParserConfigurationException {
        Document bom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(House.ROOT.resolve("conflict-bom/.flattened-pom.xml").toFile());

        assertThat(bom.getElementsByTagName("parent").getLength()).isZero();
        NodeList managed = bom.getElementsByTagName("artifactId");
        assertThat(IntStream.range(0, managed.getLength())
                        .mapToObj(i -> managed.item(i).getTextContent())
                        .filter(name -> !name.equals("conflict-bom")))
                .containsExactlyInAnyOrderElementsOf(House.published().stream()
                        .map(House.Published::artifact)
                        .toList());
    }
}
