package dev.conflict.jpa;

import dev.conflict.Details;
import dev.conflict.Details.Member;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of an entity that a writer who lost may be shown. */
record ShownFields(List<String> names) {
    static final ShownFields NONE = new ShownFields(List.of());

    ShownFields {
        names = List.copyOf(names);
    }

    /** Returns the values of the fields, in the order in which they were named. */
    Map<String, @Nullable Object> of(EntityManagerFactory factory, Class<?> type, Object entity) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, EntityAttribute.plain(factory, type, name).read(entity));
        }
        return values;
    }

    /**
     * What is there, for a writer who is refused before he has changed anything.
     *
     * @param values the values of the fields
     */
    Details present(Map<String, @Nullable Object> values) {
        return names.isEmpty() ? Details.none() : Details.none().with(Member.CURRENT, values);
    }

    /** What becomes of the fields of one entity between the comparison and a lost race. */
    static final class Race<T> {
        private final ShownFields fields;
        private final PresentState<T> state;
        private final T mine;
        private final Map<String, @Nullable Object> base;
        private volatile @Nullable T theirs;

        /** Remembers what the writer saw; {@code mine} is the entity that he is about to change. */
        Race(ShownFields fields, PresentState<T> state, T mine) {
            this.fields = fields;
            this.state = state;
            this.mine = mine;
            this.base = of(mine);
        }

        private Map<String, @Nullable Object> of(T entity) {
            return fields.of(state.factory(), state.type(), entity);
        }

        /** Reads the entity as it is now, once the transaction has failed. */
        Optional<T> read() {
            Optional<T> present = state.read();
            theirs = present.orElse(null);
            return present;
        }

        /** What is there now, and the fields that both changed, each to another value. */
        Details details() {
            T now = theirs;
            if (now == null) {
                return Details.none();
            }
            Map<String, @Nullable Object> present = of(now);
            List<Map<String, @Nullable Object>> clashes = clashes(of(mine), present);
            Details details = fields.present(present);
            return clashes.isEmpty() ? details : details.with(Member.CONFLICTS, clashes);
        }

        private List<Map<String, @Nullable Object>> clashes(
                Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> present) {
            List<Map<String, @Nullable Object>> clashes = new ArrayList<>();
            for (String name : fields.names) {
                Object before = base.get(name);
                Object my = wanted.get(name);
                Object their = present.get(name);
                if (!isSame(before, my) && !isSame(before, their) && !isSame(my, their)) {
                    Map<String, @Nullable Object> clash = new LinkedHashMap<>();
                    clash.put("field", name);
                    clash.put("pointer", "/" + name);
                    clash.put("base", before);
                    clash.put("mine", my);
                    clash.put("theirs", their);
                    clashes.add(clash);
                }
            }
            return clashes;
        }

        /** A column gives a decimal its own number of zeros. */
        private static boolean isSame(@Nullable Object one, @Nullable Object other) {
            if (one instanceof BigDecimal number && other instanceof BigDecimal another) {
                return number.compareTo(another) == 0;
            }
            return Objects.deepEquals(one, other);
        }
    }
}
