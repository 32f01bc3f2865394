package dev.conflict.jpa;

import dev.conflict.Target;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names entities so that the one that a request checked and the one that lost a race can be told to be the same.
 *
 * <p>The type is the root of the entity's hierarchy, since one row may go by the class that a program asked for, by its
 * own, and by that of a proxy.
 */
final class Targets {
    private Targets() {}

    static Target of(Object entity, Class<?> type, Object id) {
        Class<?> root = root(entity.getClass());
        return Target.of(root != null ? root : type, id);
    }

    /** Names an entity that is not there. */
    static Target of(Class<?> type, Object id) {
        Class<?> root = root(type);
        return Target.of(root == null ? type : root, id);
    }

    /** Names an entity by what a provider reports. */
    static Target of(String entityName, Object id) {
        Class<?> type = load(entityName);
        Class<?> root = type == null ? null : root(type);
        return Target.of(root == null ? entityName : root.getName(), id);
    }

    /**
     * Names an entity that a provider hands out; null if its mapping does not show one identifier, or if it is a proxy,
     * whose fields say nothing.
     */
    static @Nullable Target of(Object entity) {
        Class<?> root = root(entity.getClass());
        Object id = entity.getClass().isAnnotationPresent(Entity.class) ? identifier(entity) : null;
        return root == null || id == null ? null : Target.of(root, id);
    }

    private static @Nullable Class<?> root(Class<?> type) {
        Class<?> root = null;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.isAnnotationPresent(Entity.class)) {
                root = each;
            }
        }
        return root;
    }

    private static @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError unknown) {
            return null;
        }
    }

    private static @Nullable Object identifier(Object entity) {
        List<Member> members = new ArrayList<>();
        for (Class<?> each = entity.getClass(); each != null; each = each.getSuperclass()) {
            collect(each.getDeclaredFields(), members);
            collect(each.getDeclaredMethods(), members);
        }
        return members.size() == 1 ? value(members.get(0), entity) : null;
    }

    private static <M extends AccessibleObject & Member> void collect(M[] declared, List<Member> members) {
        for (M member : declared) {
            if (member.isAnnotationPresent(Id.class) || member.isAnnotationPresent(EmbeddedId.class)) {
                members.add(member);
            }
        }
    }

    private static @Nullable Object value(Member member, Object entity) {
        try {
            if (member instanceof Field field) {
                field.setAccessible(true);
                return field.get(entity);
            }
            Method getter = (Method) member;
            getter.setAccessible(true);
            return getter.invoke(entity);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null; // then nobody knows which row it was
        }
    }
}
