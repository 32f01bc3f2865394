package dev.conflict.jpa;

import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code that writes the version of a managed entity by hand, to have a client's version compared.
 *
 * <pre>{@code
 * EntityManagerFactory factory = Persistence.createEntityManagerFactory("shop");
 * VersionWrites.refuse(factory);   // once, at the start
 * }</pre>
 *
 * <p>Hibernate ignores what is written there: it compares the version that it read itself, so that the change of whoever
 * wrote in between is lost and nobody is told. With this, the next flush or query fails with an {@link IllegalStateException}
 * that names the entity's class, and its transaction with it; also if nothing else of the entity was changed, and if it
 * is removed. A new entity, the copy that is given to {@code merge}, and a version that the provider moves by
 * itself are let alone.
 *
 * <p>EclipseLink compares what was written, and refuses a stale one itself: there is nothing to find there.
 */
public final class VersionWrites {
    private static final String FACTORY = "org.hibernate.engine.spi.SessionFactoryImplementor";
    private static final String ENGINE = "org.hibernate.event.spi.EventEngine";
    private static final String REGISTRY = "org.hibernate.event.service.spi.EventListenerRegistry";
    private static final String GROUP = "org.hibernate.event.service.spi.EventListenerGroup";
    private static final String EVENT_TYPE = "org.hibernate.event.spi.EventType";
    private static final String LISTENER = "org.hibernate.event.spi.FlushEntityEventListener";
    private static final String EVENT = "org.hibernate.event.spi.FlushEntityEvent";

    private VersionWrites() {}

    /**
     * Has every write of a version by hand fail, from now on.
     *
     * @param factory the persistence unit; best given before its first use
     * @throws IllegalArgumentException if its provider is neither Hibernate nor EclipseLink, so that nobody knows what it
     *     does with such a version
     */
    public static void refuse(EntityManagerFactory factory) {
        ClassLoader provider = provider(factory).getClassLoader();
        if (provider(factory).getName().startsWith("org.eclipse.persistence.")) {
            return;
        }
        try {
            register(factory, provider);
        } catch (ReflectiveOperationException | RuntimeException another) {
            throw new IllegalArgumentException(
                    "Only Hibernate and EclipseLink are known, not "
                            + provider(factory).getName(),
                    another);
        }
    }

    private static Class<?> provider(EntityManagerFactory factory) {
        return factory.getPersistenceUnitUtil().getClass(); // the factory itself may be somebody's proxy
    }

    /** Before Hibernate's own, which may put the next version into the entity. */
    private static void register(EntityManagerFactory factory, ClassLoader provider)
            throws ReflectiveOperationException {
        Class<?> implementor = Class.forName(FACTORY, false, provider);
        Object engine = implementor.getMethod("getEventEngine").invoke(factory.unwrap(implementor));
        Object registry = Class.forName(ENGINE, false, provider)
                .getMethod("getListenerRegistry")
                .invoke(engine);
        Class<?> type = Class.forName(EVENT_TYPE, true, provider);
        Object flushes = type.getField("FLUSH_ENTITY").get(null);
        Class<?> registryType = Class.forName(REGISTRY, false, provider);
        Object group = registryType.getMethod("getEventListenerGroup", type).invoke(registry, flushes);
        if (isWatched((Iterable<?>)
                Class.forName(GROUP, false, provider).getMethod("listeners").invoke(group))) {
            return;
        }
        Class<?> listener = Class.forName(LISTENER, false, provider);
        Object listeners = Array.newInstance(listener, 1);
        Array.set(
                listeners,
                0,
                Proxy.newProxyInstance(
                        provider, new Class<?>[] {listener}, new Watch(Class.forName(EVENT, false, provider))));
        registryType.getMethod("prependListeners", type, Object[].class).invoke(registry, flushes, listeners);
    }

    private static boolean isWatched(Iterable<?> listeners) {
        for (Object each : listeners) {
            if (Proxy.isProxyClass(each.getClass()) && Proxy.getInvocationHandler(each) instanceof Watch) {
                return true;
            }
        }
        return false;
    }

    /** Looks at each managed entity when a flush comes to it. */
    private record Watch(Method entity, Method entry) implements InvocationHandler {
        Watch(Class<?> event) throws NoSuchMethodException {
            this(event.getMethod("getEntity"), event.getMethod("getEntityEntry"));
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                throws ReflectiveOperationException {
            if (method.getName().equals("onFlushEntity") && arguments != null) {
                new HibernateEntry(entry.invoke(arguments[0]), entity.invoke(arguments[0])).requireUntouched();
                return null;
            }
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> toString();
            };
        }
    }
}
