package dev.conflict.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A native image has only what somebody told that it is reached by name. Each module tells it in
 * {@code META-INF/native-image}; that what is told is there, the modules that have the other side on their class path test.
 */
class NativeImageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CLASS_NAME = Pattern.compile("(?:[a-z][a-z0-9_]*\\.)+[A-Z][A-Za-z0-9$]*");

    /** A class whose name is compared with that of an object's class need not be told. */
    private static final Set<String> COMPARED = Set.of(
            "io.r2dbc.spi.R2dbcException",
            "jakarta.persistence.EntityExistsException",
            "jakarta.persistence.LockTimeoutException",
            "jakarta.persistence.PersistenceException",
            "jakarta.persistence.PessimisticLockException",
            "jakarta.persistence.RollbackException",
            "jakarta.transaction.RollbackException",
            "org.eclipse.persistence.exceptions.OptimisticLockException",
            "org.glassfish.hk2.api.PerLookup",
            "org.glassfish.jersey.process.internal.RequestScoped",
            "org.hibernate.StaleStateException",
            "org.hibernate.TransactionException",
            "org.hibernate.dialect.MySQLDialect",
            "org.hibernate.dialect.lock.OptimisticEntityLockException",
            "org.springframework.dao.CannotSerializeTransactionException",
            "org.springframework.dao.ConcurrencyFailureException",
            "org.springframework.dao.DeadlockLoserDataAccessException",
            "org.springframework.dao.DuplicateKeyException",
            "org.springframework.dao.OptimisticLockingFailureException",
            "org.springframework.data.rest.webmvc.RepositoryEntityController",
            "org.springframework.transaction.TransactionSystemException");

    /** Boot compares the names of its configurations with those in an annotation. */
    private static final String BOOT = "org.springframework.boot.";

    /** What finds a class, a member or a resource by a name that a native image does not see. */
    private static final Set<String> LOOK_UPS = Set.of(
            "java.lang.Class.forName",
            "java.lang.Class.getConstructor",
            "java.lang.Class.getDeclaredConstructor",
            "java.lang.Class.getDeclaredField",
            "java.lang.Class.getDeclaredFields",
            "java.lang.Class.getDeclaredMethod",
            "java.lang.Class.getDeclaredMethods",
            "java.lang.Class.getField",
            "java.lang.Class.getFields",
            "java.lang.Class.getMethod",
            "java.lang.Class.getMethods",
            "java.lang.Class.getRecordComponents",
            "java.lang.Class.getResource",
            "java.lang.Class.getResourceAsStream",
            "java.lang.ClassLoader.getResource",
            "java.lang.ClassLoader.getResourceAsStream",
            "java.lang.ClassLoader.getResources",
            "java.lang.ClassLoader.loadClass",
            "java.lang.invoke.MethodHandles$Lookup.findConstructor",
            "java.lang.invoke.MethodHandles$Lookup.findStatic",
            "java.lang.invoke.MethodHandles$Lookup.findVirtual",
            "java.lang.reflect.Array.newInstance",
            "java.lang.reflect.Proxy.newProxyInstance",
            "java.util.ResourceBundle.getBundle",
            "java.util.ServiceLoader.load");

    /** A place that is new here needs its entry in the module's metadata, or a line in docs/compatibility.md. */
    @Test
    void placesThatLookUpByNameAreThese() throws IOException {
        Set<String> places = new TreeSet<>();
        for (House.Published module : House.publishedWithCode()) {
            JavaClasses classes =
                    new ClassFileImporter().importJar(new JarFile(module.jar().toFile()));
            classes.stream()
                    .flatMap(each -> each.getAccessesFromSelf().stream())
                    .filter(NativeImageTest::looksUp)
                    .map(access ->
                            module.artifact() + " " + access.getOriginOwner().getSimpleName() + "."
                                    + access.getOrigin().getName() + ": "
                                    + access.getTargetOwner().getSimpleName() + "."
                                    + access.getTarget().getName())
                    .forEach(places::add);
        }

        Golden.assertMatches("looked-up-by-name.txt", String.join("\n", places) + "\n");
    }

    private static boolean looksUp(JavaAccess<?> access) {
        return LOOK_UPS.contains(
                access.getTargetOwner().getFullName() + "." + access.getTarget().getName());
    }

    @ParameterizedTest
    @MethodSource("dev.conflict.house.House#publishedWithCode")
    void classThatIsNamedIsTold(House.Published module) throws IOException {
        Set<String> told = new TreeSet<>(COMPARED);
        metadata(module, "reflect-config.json")
                .forEach(entry -> told.add(entry.get("name").asText()));
        Set<String> named = new TreeSet<>();
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            for (ZipEntry entry : classes(jar)) {
                try (InputStream file = jar.getInputStream(entry)) {
                    named.addAll(texts(new DataInputStream(file)));
                }
            }
        }

        assertThat(named.stream().filter(name -> CLASS_NAME.matcher(name).matches() && !name.startsWith(BOOT)))
                .isSubsetOf(told);
    }

    @ParameterizedTest
    @MethodSource("dev.conflict.house.House#publishedWithCode")
    void resourceThatIsReadIsTold(House.Published module) throws IOException {
        List<Pattern> told = new ArrayList<>();
        metadata(module, "resource-config.json")
                .at("/resources/includes")
                .forEach(include ->
                        told.add(Pattern.compile(include.get("pattern").asText())));
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            assertThat(jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name ->
                                    !name.endsWith(".class") && !name.endsWith("/") && !name.startsWith("META-INF/")))
                    .allMatch(name -> told.stream()
                            .anyMatch(pattern -> pattern.matcher(name).matches()));
        }
    }

    private static List<ZipEntry> classes(JarFile jar) {
        return jar.stream().filter(entry -> entry.getName().endsWith(".class")).collect(Collectors.toList());
    }

    /** What a module tells, nothing if it has no such file. */
    private static JsonNode metadata(House.Published module, String file) throws IOException {
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            ZipEntry entry = jar.getEntry("META-INF/native-image/dev.conflict/" + module.artifact() + "/" + file);
            if (entry == null) {
                return JSON.createArrayNode();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return JSON.readTree(in);
            }
        }
    }

    /** The constants of a class file (JVMS §4.4) that are texts of any use. */
    private static Set<String> texts(DataInputStream file) throws IOException {
        Set<String> texts = new TreeSet<>();
        file.skipNBytes(8); // magic and version
        int count = file.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = file.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.add(file.readUTF());
                case 5, 6 -> {
                    file.skipNBytes(8);
                    i++; // takes two places
                }
                case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
                case 15 -> file.skipNBytes(3);
                default -> file.skipNBytes(4);
            }
        }
        return texts;
    }
}
