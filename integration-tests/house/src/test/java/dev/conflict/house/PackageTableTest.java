package dev.conflict.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table of docs/architecture.md: who may know whom. */
class PackageTableTest {
    private static final List<String> LANGUAGE = List.of("dev.conflict", "dev.conflict.event");
    private static final List<String> CORE = List.of(
            "dev.conflict",
            "dev.conflict.event",
            "dev.conflict.file",
            "dev.conflict.http",
            "dev.conflict.problem..",
            "dev.conflict.merge",
            "dev.conflict.retry",
            "dev.conflict.idempotency");

    static final JavaClasses OURS = ourClasses();

    /** A package and what it may use of ours beside itself. */
    record Row(String family, List<String> mayUse) {
        @Override
        public String toString() {
            return family + " uses " + mayUse;
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                new Row("dev.conflict", List.of()),
                new Row("dev.conflict.event", List.of()),
                new Row("dev.conflict.file", List.of("dev.conflict")),
                new Row("dev.conflict.http", LANGUAGE),
                new Row(
                        "dev.conflict.problem..",
                        List.of("dev.conflict", "dev.conflict.event", "dev.conflict.file", "dev.conflict.http")),
                new Row("dev.conflict.merge", LANGUAGE),
                new Row("dev.conflict.retry", LANGUAGE),
                new Row("dev.conflict.idempotency", LANGUAGE),
                new Row("dev.conflict.servlet..", CORE),
                new Row("dev.conflict.sql..", CORE),
                new Row("dev.conflict.jpa..", plus(CORE, "dev.conflict.sql..")),
                new Row("dev.conflict.client..", CORE),
                new Row("dev.conflict.spring", plus(plus(CORE, "dev.conflict.servlet"), "dev.conflict.sql")),
                new Row("dev.conflict.spring.data.rest", plus(plus(CORE, "dev.conflict.servlet"), "dev.conflict.jpa")),
                new Row(
                        "dev.conflict.spring.boot",
                        Stream.concat(
                                        CORE.stream(),
                                        Stream.of(
                                                "dev.conflict.jpa",
                                                "dev.conflict.servlet",
                                                "dev.conflict.spring",
                                                "dev.conflict.spring.data.rest",
                                                "dev.conflict.sql"))
                                .toList()),
                new Row("dev.conflict.jackson3..", CORE),
                new Row("dev.conflict.jaxrs..", CORE),
                new Row("dev.conflict.test..", CORE));
    }

    @ParameterizedTest
    @MethodSource("table")
    void packageUsesOnlyWhatTheTableAllows(Row row) {
        String[] allowed = plus(row.mayUse(), row.family()).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(row.family())
                .should()
                .dependOnClassesThat(resideInAPackage("dev.conflict..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void everyPackageStandsInTheTable() {
        String[] families = table().map(Row::family).toArray(String[]::new);

        classes().should().resideInAnyPackage(families).check(OURS);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(byPackage()).should().beFreeOfCycles().check(OURS);
    }

    @Test
    void languageEventsAndHttpLoadNoJackson() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.conflict", "dev.conflict.event", "dev.conflict.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "tools.jackson..")
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        for (JavaPackage each : OURS.getPackage("dev.conflict").getSubpackagesInTree()) {
            if (!each.getClasses().isEmpty()) {
                assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue();
            }
        }
        assertThat(OURS.getPackage("dev.conflict").isAnnotatedWith(NullMarked.class))
                .isTrue();
    }

    @Test
    void staticStateNeverChanges() {
        fields().that()
                .haveModifier(JavaModifier.STATIC)
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void nothingIsKeptInAThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(OURS);
    }

    @Test
    void serviceLoaderIsCalledInAtMostOneClass() {
        assertThat(OURS.stream()
                        .filter(each -> each.getDirectDependenciesFromSelf().stream()
                                .anyMatch(to -> to.getTargetClass().isEquivalentTo(ServiceLoader.class)))
                        .map(JavaClass::getName))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void persistenceInterfacesAreNotImplemented() {
        noClasses()
                .that()
                .areNotInterfaces()
                .should()
                .implement(resideInAPackage("jakarta.persistence.."))
                .check(OURS);
    }

    private static SliceAssignment byPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static JavaClasses ourClasses() {
        List<JarFile> jars = new ArrayList<>();
        for (House.Published module : House.published()) {
            try {
                jars.add(new JarFile(module.jar().toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ClassFileImporter().importJars(jars);
    }

    private static List<String> plus(List<String> some, String one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }
}
