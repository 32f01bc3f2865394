package dev.conflict.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what a module tells native images of others' classes against those classes. */
public final class NativeImageMetadata {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> PRIMITIVES = Map.of("int", int.class, "boolean", boolean.class);

    private NativeImageMetadata() {}

    /**
     * Returns the classes, methods and fields that a module tells and that are not there.
     *
     * @param artifact the module
     * @return what is missing on this class path, empty if nothing is
     */
    public static List<String> missing(String artifact) {
        String folder = "/META-INF/native-image/dev.conflict/" + artifact + "/";
        List<String> missing = new ArrayList<>();
        for (JsonNode entry : read(folder + "reflect-config.json")) {
            missing(entry, missing);
        }
        for (JsonNode entry : read(folder + "proxy-config.json")) {
            entry.get("interfaces").forEach(name -> find(name.asText(), missing));
        }
        return missing;
    }

    private static JsonNode read(String file) {
        try (InputStream in = NativeImageMetadata.class.getResourceAsStream(file)) {
            return in == null ? JSON.createArrayNode() : JSON.readTree(in);
        } catch (IOException broken) {
            throw new IllegalStateException(file + " cannot be read", broken);
        }
    }

    private static void missing(JsonNode entry, List<String> missing) {
        Class<?> type = find(entry.get("name").asText(), missing);
        if (type == null) {
            return;
        }
        for (JsonNode method : entry.path("methods")) {
            List<Class<?>> parameters = new ArrayList<>();
            method.get("parameterTypes").forEach(name -> parameters.add(find(name.asText(), missing)));
            try {
                type.getMethod(method.get("name").asText(), parameters.toArray(Class<?>[]::new));
            } catch (NoSuchMethodException gone) {
                missing.add(gone.getMessage());
            }
        }
        for (JsonNode field : entry.path("fields")) {
            String name = field.get("name").asText();
            if (Stream.of(type.getFields()).noneMatch(known -> known.getName().equals(name))) {
                missing.add(type.getName() + "." + name);
            }
        }
    }

    private static @Nullable Class<?> find(String name, List<String> missing) {
        if (name.endsWith("[]")) {
            Class<?> component = find(name.substring(0, name.length() - 2), missing);
            return component == null ? null : Array.newInstance(component, 0).getClass();
        }
        try {
            return PRIMITIVES.containsKey(name)
                    ? PRIMITIVES.get(name)
                    : Class.forName(name, false, NativeImageMetadata.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            missing.add(name);
            return null;
        }
    }
}
