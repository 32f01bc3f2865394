package dev.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The readers of one edge (a filter, a mapper), asked one after the other.
 *
 * <p>Those that the application gave stand first, in its order; then those that {@link ServiceLoader} finds with the
 * application's class loader, by {@link ConflictReader#order()} and by class name. A found reader of the same class as a
 * given one, or found twice, is left out. One that cannot be loaded stops the start. Instances are immutable and safe for
 * use by many threads.
 */
public final class ConflictReaders {
    /** Deeper chains of causes are no longer read; also ends a chain that runs in a circle. */
    private static final int MAX_CAUSES = 32;

    private final List<ConflictReader> readers;

    private ConflictReaders(List<ConflictReader> readers) {
        this.readers = readers;
    }

    /**
     * Loads readers; to be called once, where an edge starts.
     *
     * @param given the application's own readers, asked first
     * @param classLoader where others are looked for, usually the application's
     * @return the readers
     * @throws IllegalStateException if a reader is announced that cannot be loaded; it names the reader
     */
    public static ConflictReaders load(Collection<? extends ConflictReader> given, ClassLoader classLoader) {
        List<ConflictReader> found = providers(ConflictReader.class, classLoader);
        found.sort(Comparator.comparingInt(ConflictReader::order)
                .thenComparing(reader -> reader.getClass().getName()));
        List<ConflictReader> all = new ArrayList<>(given);
        for (ConflictReader reader : found) {
            if (all.stream().noneMatch(other -> other.getClass().equals(reader.getClass()))) {
                all.add(reader);
            }
        }
        return new ConflictReaders(List.copyOf(all));
    }

    /**
     * Finds what is announced for {@link ServiceLoader} under one interface; for the adapters, which load nothing
     * themselves.
     *
     * @param <T> the interface
     * @param type the interface; an adapter with a module descriptor says there that it uses it
     * @param classLoader where providers are looked for
     * @return a new list, in the order in which they were found
     * @throws IllegalStateException if a provider is announced that cannot be loaded; it names the provider
     */
    public static <T> List<T> providers(Class<T> type, ClassLoader classLoader) {
        ConflictReaders.class.getModule().addUses(type);
        List<T> found = new ArrayList<>();
        try {
            ServiceLoader.load(type, classLoader).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new IllegalStateException(
                    "A " + type.getSimpleName() + " on the class path cannot be loaded: " + broken.getMessage(),
                    broken);
        }
        return found;
    }

    /**
     * Reads an exception and its causes: a {@link ConflictException} is found wherever it stands, everything else is read
     * by the first reader that knows it.
     *
     * <p>Read are the exception, its causes to a depth of 32, and nothing that is merely suppressed. A reader that throws
     * counts as one that does not know the exception.
     *
     * @param thrown what was thrown
     * @return the conflict; empty if nobody knows one
     */
    public Optional<ConflictException> read(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        for (Throwable link : chain) {
            if (link instanceof ConflictException conflict) {
                return Optional.of(conflict);
            }
        }
        for (Throwable link : chain) {
            for (ConflictReader reader : readers) {
                Optional<ConflictException> conflict = ask(reader, link);
                if (conflict.isPresent()) {
                    return conflict;
                }
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself, another that is equal it can
    private static Optional<ConflictException> ask(ConflictReader reader, Throwable link) {
        try {
            return Objects.requireNonNull(reader.read(link), "a reader answered null");
        } catch (RuntimeException | LinkageError broken) {
            if (broken != link) {
                link.addSuppressed(broken); // the exception itself goes on, and shows why it was not read
            }
            return Optional.empty();
        }
    }

    /**
     * Returns an exception and its causes, outermost first.
     *
     * @param thrown what was thrown
     * @return at most 32 exceptions, each once
     */
    public static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = thrown;
                link != null && chain.size() < MAX_CAUSES && seen.add(link);
                link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }

    /**
     * Returns the readers in the order in which they are asked.
     *
     * @return an unmodifiable list
     */
    public List<ConflictReader> readers() {
        return readers;
    }
}
