package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConflictReadersTest {
    public static class Late implements ConflictReader {
        @Override
        public Optional<ConflictException> read(Throwable thrown) {
            return Optional.of(ConflictException.state("LATE"));
        }

        @Override
        public int order() {
            return 5;
        }
    }

    public static class Early implements ConflictReader {
        @Override
        public Optional<ConflictException> read(Throwable thrown) {
            return Optional.of(ConflictException.state("EARLY"));
        }

        @Override
        public int order() {
            return -5;
        }
    }

    public static class Between extends Late {
        @Override
        public int order() {
            return 0;
        }
    }

    public static class AlsoBetween extends Between {}

    public static class Unwilling extends Late {
        public Unwilling() {
            throw new IllegalStateException("no data source");
        }
    }

    private static final ConflictReader NONE = thrown -> Optional.empty();

    @Test
    void givenStandFirstThenTheFoundByOrderAndName() {
        Providers found = Providers.of(Late.class, Between.class, Early.class, AlsoBetween.class);
        ConflictReader given = NONE;
        assertThat(ConflictReaders.load(List.of(given), found).readers())
                .hasSize(5)
                .first()
                .isSameAs(given);
        assertThat(names(ConflictReaders.load(List.of(), found)))
                .containsExactly("Early", "AlsoBetween", "Between", "Late");
    }

    @Test
    void readerOfAGivenClassIsNotFoundAgain() throws Exception {
        Providers found = Providers.of(Late.class, Late.class, Early.class);
        assertThat(names(ConflictReaders.load(List.of(), found))).containsExactly("Early", "Late");

        ConflictReader given = (ConflictReader)
                found.loadClass(Late.class.getName()).getConstructor().newInstance();
        assertThat(ConflictReaders.load(List.of(given), found).readers())
                .hasSize(2)
                .first()
                .isSameAs(given);
    }

    @Test
    void givenReadersAreAllKept() {
        assertThat(ConflictReaders.load(List.of(new Late(), new Late()), Providers.of())
                        .readers())
                .hasSize(2);
    }

    @Test
    void missingReaderStopsTheStartAndIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ConflictReaders.load(List.of(), new Providers("no.such.Reader", Map.of())))
                .withMessageContaining("no.such.Reader");
    }

    @Test
    void readerThatFailsToStartStopsTheStartAndIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ConflictReaders.load(List.of(), Providers.of(Early.class, Unwilling.class)))
                .withMessageContaining("Unwilling")
                .withStackTraceContaining("no data source");
    }

    @Test
    void readerWithoutItsLibraryStopsTheStartAndIsNamed() {
        ClassLoader torn = new Providers("torn.Reader", Map.of()) {
            @Override
            protected Class<?> findClass(String name) {
                throw new NoClassDefFoundError("torn.Reader needs jakarta/persistence/PersistenceException");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> ConflictReaders.load(List.of(), torn))
                .withMessageContaining("torn.Reader");
    }

    @Test
    void listOfReadersCannotBeChanged() {
        ConflictReaders readers = ConflictReaders.load(List.of(NONE), Providers.of());
        assertThatThrownBy(() -> readers.readers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void conflictIsFoundWhereverItStandsBeforeAnyReaderIsAsked() {
        ConflictException conflict = ConflictException.locked();
        Exception wrapped = new RuntimeException(new IllegalStateException(conflict));
        assertThat(readers(new Early()).read(wrapped)).containsSame(conflict);
    }

    @Test
    void outermostExceptionThatAReaderKnowsDecides() {
        ConflictReader inner = thrown ->
                thrown instanceof IOException ? Optional.of(ConflictException.state("INNER")) : Optional.empty();
        ConflictReader outer = thrown -> thrown instanceof UncheckedIOException
                ? Optional.of(ConflictException.state("OUTER"))
                : Optional.empty();
        Exception thrown = new RuntimeException(new UncheckedIOException(new IOException()));
        assertThat(code(readers(inner, outer).read(thrown))).isEqualTo("OUTER");
        assertThat(code(readers(outer, inner).read(thrown))).isEqualTo("OUTER");
        assertThat(code(readers(inner).read(thrown))).isEqualTo("INNER");
    }

    @Test
    void firstReaderThatKnowsDecides() {
        assertThat(code(readers(NONE, new Late(), new Early()).read(new Exception())))
                .isEqualTo("LATE");
    }

    @Test
    void whatNobodyKnowsStaysUnknown() {
        Exception thrown = new Exception(new Exception());
        thrown.addSuppressed(ConflictException.locked());
        assertThat(readers(NONE).read(thrown)).isEmpty();
    }

    @Test
    void readerThatThrowsIsPassedOverAndLeavesATrace() {
        RuntimeException broken = new RuntimeException("broken reader");
        ConflictReader throwing = thrown -> {
            throw broken;
        };
        Exception thrown = new Exception();
        assertThat(code(readers(throwing, new Late()).read(thrown))).isEqualTo("LATE");
        assertThat(thrown).hasSuppressedException(broken);

        ConflictReader torn = any -> {
            throw new NoClassDefFoundError("x");
        };
        assertThat(code(readers(torn, new Late()).read(thrown))).isEqualTo("LATE");
    }

    @Test
    void readerThatThrowsWhatItWasAskedAboutIsPassedOver() {
        ConflictReader rethrowing = thrown -> {
            throw (RuntimeException) thrown;
        };
        RuntimeException thrown = new RuntimeException();
        assertThat(code(readers(rethrowing, new Late()).read(thrown))).isEqualTo("LATE");
        assertThat(thrown).hasNoSuppressedExceptions();
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the application
    void readerThatAnswersNullIsPassedOver() {
        ConflictReader careless = thrown -> null;
        assertThat(code(readers(careless, new Late()).read(new Exception()))).isEqualTo("LATE");
    }

    @Test
    void causesInACircleAreReadOnce() {
        Exception one = new Exception();
        Exception two = new Exception(one);
        one.initCause(two);
        assertThat(ConflictReaders.chain(one)).containsExactly(one, two);
        assertThat(readers(NONE).read(one)).isEmpty();
    }

    @Test
    void causesAreReadToTheDepthOf32() {
        ConflictException conflict = ConflictException.locked();
        assertThat(readers(NONE).read(wrapped(conflict, 31))).containsSame(conflict);
        assertThat(readers(NONE).read(wrapped(conflict, 32))).isEmpty();
        assertThat(ConflictReaders.chain(wrapped(conflict, 100))).hasSize(32);
    }

    private static Throwable wrapped(Throwable inner, int times) {
        Throwable thrown = inner;
        for (int i = 0; i < times; i++) {
            thrown = new Exception(thrown);
        }
        return thrown;
    }

    private static ConflictReaders readers(ConflictReader... given) {
        return ConflictReaders.load(List.of(given), Providers.of());
    }

    private static String code(Optional<ConflictException> read) {
        return ((Conflict.State) read.orElseThrow().conflict()).code();
    }

    private static List<String> names(ConflictReaders readers) {
        return readers.readers().stream()
                .map(reader -> reader.getClass().getName().replaceAll(".*\\$", ""))
                .toList();
    }

    /** A class path of an application: announces readers, and loads them itself, as a container does. */
    private static class Providers extends ClassLoader {
        private final String announced;
        private final Map<String, byte[]> classes;

        Providers(String announced, Map<String, byte[]> classes) {
            super(ConflictReadersTest.class.getClassLoader());
            this.announced = announced;
            this.classes = classes;
        }

        static Providers of(Class<?>... readers) {
            StringBuilder announced = new StringBuilder();
            for (Class<?> reader : readers) {
                announced.append(reader.getName()).append('\n');
            }
            Map<String, byte[]> classes = new HashMap<>();
            for (Class<?> type : List.of(Late.class, Early.class, Between.class, AlsoBetween.class, Unwilling.class)) {
                classes.put(type.getName(), bytes(type));
            }
            return new Providers(announced.toString(), classes);
        }

        private static byte[] bytes(Class<?> type) {
            String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
            try (InputStream in = type.getResourceAsStream(file)) {
                return in.readAllBytes();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] own = classes.get(name);
            if (own == null) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, own, 0, own.length);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.equals("META-INF/services/dev.conflict.ConflictReader")) {
                return super.getResources(name);
            }
            return Collections.enumeration(List.of(new URL(null, "memory:" + name, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new InMemory(url, announced.getBytes(StandardCharsets.UTF_8));
                }
            })));
        }
    }

    private static final class InMemory extends URLConnection {
        private final byte[] content;

        InMemory(URL url, byte[] content) {
            super(url);
            this.content = content;
        }

        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content);
        }
    }
}
