package dev.conflict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our jars as a user's module path sees them. */
class ModuleTest {
    private static final Set<String> NAMES = Set.of(
            "dev.conflict.client",
            "dev.conflict.core",
            "dev.conflict.jackson3",
            "dev.conflict.jaxrs",
            "dev.conflict.jdbc",
            "dev.conflict.jpa",
            "dev.conflict.servlet",
            "dev.conflict.spring",
            "dev.conflict.spring.boot",
            "dev.conflict.test");
    private static final List<Path> MODULE_PATH = Stream.concat(
                    House.published().stream().map(House.Published::jar),
                    Stream.of(
                                    "jackson-annotations",
                                    "jackson-core",
                                    "jackson-databind",
                                    "jakarta.persistence-api",
                                    "jakarta.servlet-api",
                                    "jakarta.ws.rs-api",
                                    "jspecify")
                            .flatMap(House::libraries))
            .toList();

    @Test
    void exportsAndRequiresAreAsAgreed() throws IOException {
        Path[] jars = House.published().stream().map(House.Published::jar).toArray(Path[]::new);

        Golden.assertMatches(
                "modules.txt",
                ModuleFinder.of(jars).findAll().stream()
                        .map(ModuleReference::descriptor)
                        .sorted()
                        .map(ModuleTest::text)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void modulesCanBeRequiredByName(@TempDir Path folder) throws IOException {
        compile(folder, """
                module user {
                    requires %s;
                }
                """.formatted(String.join("; requires ", NAMES)));

        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(folder), ModuleFinder.of(MODULE_PATH.toArray(Path[]::new)), Set.of("user"));

        assertThat(resolved.modules()).extracting(ResolvedModule::name).containsAll(NAMES);
    }

    @Test
    void packageWithPublicTypesIsExported() {
        Set<String> exported = ModuleFinder.of(MODULE_PATH.toArray(Path[]::new)).findAll().stream()
                .map(ModuleReference::descriptor)
                .flatMap(module -> module.isAutomatic()
                        ? module.packages().stream()
                        : module.exports().stream().map(ModuleDescriptor.Exports::source))
                .collect(Collectors.toSet());

        assertThat(PackageTableTest.OURS.stream()
                        .filter(type ->
                                type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                        .map(type -> type.getPackageName())
                        .distinct())
                .isSubsetOf(exported);
    }

    private static void compile(Path folder, String descriptor) throws IOException {
        Path source = Files.writeString(folder.resolve("module-info.java"), descriptor);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "--module-path",
                    MODULE_PATH.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)),
                    "-d",
                    folder.toString());
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private static String text(ModuleDescriptor module) {
        Set<String> lines = new TreeSet<>();
        module.requires().stream()
                .filter(each -> !each.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED))
                .forEach(each -> lines.add("    requires " + modifiers(each.modifiers()) + each.name()));
        module.exports().forEach(each -> lines.add("    exports " + each.source() + to(each.targets())));
        module.opens().forEach(each -> lines.add("    opens " + each.source() + to(each.targets())));
        module.uses().forEach(each -> lines.add("    uses " + each));
        module.provides().forEach(each -> lines.add("    provides " + each.service() + " with " + each.providers()));
        return (module.isAutomatic() ? "automatic " : "module ")
                + module.name()
                + "\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String modifiers(Set<ModuleDescriptor.Requires.Modifier> modifiers) {
        return modifiers.stream()
                .sorted()
                .map(each -> each.name().toLowerCase(Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + new TreeSet<>(targets);
    }
}
