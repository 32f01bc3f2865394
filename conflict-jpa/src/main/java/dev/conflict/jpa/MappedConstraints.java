package dev.conflict.jpa;

import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.Column;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.EntityType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of entities say about the constraints of their tables, as a {@link ConstraintCatalog}.
 *
 * <pre>{@code
 * ConstraintCatalog constraints = ConstraintCatalog.builder()
 *         .unique("uk_customer_email", "email").disclose(Disclosure.PUBLIC)   // more than a mapping can say
 *         .otherwise(MappedConstraints.of(factory))
 *         .build();
 * }</pre>
 *
 * <p>Declared are, with the attribute's name as the field:
 *
 * <ul>
 *   <li>{@link UniqueConstraint} and a unique {@link Index} of {@link Table}, if they are named and have one column: of several,
 *       nobody can tell which one the person should change;
 *   <li>the foreign key of a {@link JoinColumn}, if it is named;
 *   <li>a {@link Column} or {@link JoinColumn} that is not nullable, if table and column are named, or are called by one word
 *       that no naming strategy changes.
 * </ul>
 *
 * <p>{@code @Column(unique = true)} is left out: the provider makes up the constraint's name. Whose value is taken stays hidden
 * until a declaration discloses it.
 */
public final class MappedConstraints {
    private final ConstraintCatalog.Builder found = ConstraintCatalog.builder();
    private final Set<String> names = new HashSet<>();

    private MappedConstraints() {}

    /**
     * Reads the annotations of the entities of a persistence unit.
     *
     * @param factory the persistence unit
     * @return what they declare
     */
    public static ConstraintCatalog of(EntityManagerFactory factory) {
        MappedConstraints mapped = new MappedConstraints();
        factory.getMetamodel().getEntities().forEach(mapped::add);
        return mapped.found.build();
    }

    private void add(EntityType<?> entity) {
        Map<String, String> fields = new HashMap<>();
        for (Attribute<?, ?> attribute : entity.getAttributes()) {
            Column column = annotation(attribute, Column.class);
            JoinColumn join = annotation(attribute, JoinColumn.class);
            String named = column != null ? column.name() : join != null ? join.name() : "";
            fields.put(plain(named.isEmpty() ? attribute.getName() : named), attribute.getName());
            if (join != null) {
                foreignKey(join.foreignKey().name(), attribute.getName());
            }
            if ((column != null && !column.nullable()) || (join != null && !join.nullable())) {
                notNull(
                        entity,
                        named.isEmpty() && join == null ? oneWord(attribute.getName()) : named,
                        attribute.getName());
            }
        }
        Table table = entity.getJavaType().getAnnotation(Table.class);
        if (table != null) {
            for (UniqueConstraint constraint : table.uniqueConstraints()) {
                unique(constraint.name(), List.of(constraint.columnNames()), fields);
            }
            for (Index index : table.indexes()) {
                if (index.unique()) {
                    unique(index.name(), List.of(index.columnList().split(",", -1)), fields);
                }
            }
        }
    }

    private void unique(String name, List<String> columns, Map<String, String> fields) {
        String field = columns.size() == 1 ? fields.get(plain(column(columns.get(0)))) : null;
        if (field != null && isNew(name)) {
            found.unique(name, field);
        }
    }

    private void foreignKey(String name, String field) {
        if (isNew(name)) {
            found.foreignKey(name, field);
        }
    }

    private void notNull(EntityType<?> entity, String column, String field) {
        Table table = entity.getJavaType().getAnnotation(Table.class);
        String of = table == null || table.name().isEmpty() ? oneWord(entity.getName()) : table.name();
        if (!of.isEmpty() && !column.isEmpty() && isNew(of + '.' + column)) {
            found.notNull(of + '.' + column, field);
        }
    }

    private boolean isNew(String name) {
        return !name.isEmpty() && names.add(name.toLowerCase(Locale.ROOT));
    }

    /** A column of an index may be followed by its order. */
    private static String column(String listed) {
        return listed.strip().split(" ", 2)[0];
    }

    /** Naming strategies make {@code customer_id} of {@code customerId}. */
    private static String plain(String column) {
        return column.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The name, if it is one word, else nothing. */
    private static String oneWord(String name) {
        return name.chars().skip(1).anyMatch(Character::isUpperCase) ? "" : name;
    }

    private static <A extends Annotation> @Nullable A annotation(Attribute<?, ?> attribute, Class<A> type) {
        return attribute.getJavaMember() instanceof AnnotatedElement member ? member.getAnnotation(type) : null;
    }
}
