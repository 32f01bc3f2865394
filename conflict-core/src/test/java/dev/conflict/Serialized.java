package dev.conflict;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Sends a value through Java serialization, as a session store or a remote call does. */
public final class Serialized {
    private Serialized() {}

    @SuppressWarnings({"unchecked", "BanSerializableRead"}) // what is read was written one line before
    public static <T extends Serializable> T copyOf(T value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException broken) {
            throw new AssertionError(value.getClass() + " does not survive serialization", broken);
        }
    }
}
