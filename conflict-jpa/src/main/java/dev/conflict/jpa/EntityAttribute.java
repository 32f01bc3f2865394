package dev.conflict.jpa;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.Attribute.PersistentAttributeType;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An attribute that the mapping names, read the way the provider reads it: by its field or its getter, and behind proxies. */
record EntityAttribute(String name, Member member) {
    private static final String PROXY = "org.hibernate.proxy.HibernateProxy";

    /** The attribute that is marked as version, wherever in the hierarchy it is declared. */
    static EntityAttribute version(EntityManagerFactory factory, Class<?> type) {
        return find(factory, type, SingularAttribute::isVersion, "no @Version attribute");
    }

    /** A plain attribute; others would be loaded, or say more than their name does. */
    static EntityAttribute plain(EntityManagerFactory factory, Class<?> type, String name) {
        return find(
                factory,
                type,
                attribute -> attribute.getName().equals(name)
                        && attribute.getPersistentAttributeType() == PersistentAttributeType.BASIC,
                "no plain attribute \"" + name + '"');
    }

    private static EntityAttribute find(
            EntityManagerFactory factory, Class<?> type, Predicate<SingularAttribute<?, ?>> wanted, String otherwise) {
        EntityType<?> entity = factory.getMetamodel().entity(type);
        return entity.getSingularAttributes().stream()
                .filter(wanted)
                .findFirst()
                .map(attribute -> of(type, attribute))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has " + otherwise));
    }

    private static EntityAttribute of(Class<?> type, SingularAttribute<?, ?> attribute) {
        Member member = attribute.getJavaMember();
        if (!(member instanceof AccessibleObject accessible)) {
            throw new IllegalArgumentException("The provider does not tell how it reads " + attribute.getName() + " of "
                    + type.getName() + "; give a function that does");
        }
        try {
            accessible.setAccessible(true);
        } catch (RuntimeException closed) {
            throw new IllegalArgumentException(
                    "Open the package " + type.getPackageName() + " to dev.conflict.jpa, or give a function that reads "
                            + attribute.getName() + " of " + type.getName(),
                    closed);
        }
        return new EntityAttribute(attribute.getName(), member);
    }

    @Nullable Object read(Object entity) {
        try {
            Object behind = behindProxy(entity);
            return member instanceof Field field ? field.get(behind) : ((Method) member).invoke(behind);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("The getter of " + name + " failed", thrown.getCause());
        } catch (ReflectiveOperationException closed) {
            throw new IllegalStateException(name + " cannot be read", closed);
        }
    }

    /** The fields of Hibernate's proxies are those of an empty entity. */
    static Object behindProxy(Object entity) throws ReflectiveOperationException {
        for (Class<?> each : entity.getClass().getInterfaces()) {
            if (each.getName().equals(PROXY)) {
                Method initializer = each.getMethod("getHibernateLazyInitializer");
                return initializer
                        .getReturnType()
                        .getMethod("getImplementation")
                        .invoke(initializer.invoke(entity));
            }
        }
        return entity;
    }
}
