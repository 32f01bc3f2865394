package dev.conflict.sql;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver's exception tells in fields, reached by name, so that no driver need be on the class path. */
final class Accessors {
    private static final ClassValue<Map<String, Method>> BY_CLASS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            Map<String, Method> accessors = new HashMap<>();
            try {
                collect(type, accessors);
            } catch (LinkageError incomplete) {
                accessors.clear(); // a class that the driver can do without is missing
            }
            return Map.copyOf(accessors);
        }
    };

    private Accessors() {}

    /** Calls an accessor; null if there is none of that name, or it fails. */
    static @Nullable Object call(Object target, String name) {
        Method accessor = BY_CLASS.get(target.getClass()).get(name);
        if (accessor == null) {
            return null;
        }
        try {
            return accessor.invoke(target);
        } catch (ReflectiveOperationException | RuntimeException notThisDriver) {
            return null;
        }
    }

    /** Calls an accessor of a text, or of an optional one; null if there is none, or it is empty. */
    static @Nullable String text(@Nullable Object target, String name) {
        Object value = target == null ? null : call(target, name);
        if (value instanceof Optional<?> optional) {
            value = optional.orElse(null);
        }
        return value instanceof String text && !text.isEmpty() ? text : null;
    }

    /** A class that is not public may be called by the public type that declares its method. */
    private static void collect(@Nullable Class<?> type, Map<String, Method> accessors) {
        if (type == null) {
            return;
        }
        if (Modifier.isPublic(type.getModifiers())) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getParameterCount() == 0
                        && Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getName().startsWith("get")) {
                    accessors.putIfAbsent(method.getName(), method);
                }
            }
        }
        collect(type.getSuperclass(), accessors);
        for (Class<?> each : type.getInterfaces()) {
            collect(each, accessors);
        }
    }
}
