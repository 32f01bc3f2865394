package dev.conflict.file;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A disk on which one kind of step fails, as on one that is full; the other steps are real. */
final class ConflictFilesDisk implements Folder.Opener {
    private final Folder.Opener real;
    private String failing = "";

    ConflictFilesDisk(Folder.Opener real) {
        this.real = real;
    }

    void failAt(String step) {
        failing = step;
    }

    @Override
    public Folder open(Path path) throws IOException {
        return watched(path, real.open(path));
    }

    private Folder watched(Path root, Folder folder) {
        ClassLoader loader = Folder.class.getClassLoader();
        return (Folder) Proxy.newProxyInstance(loader, new Class<?>[] {Folder.class}, new Watch(root, folder));
    }

    private final class Watch implements InvocationHandler {
        private final Path root;
        private final Folder folder;

        Watch(Path root, Folder folder) {
            this.root = root;
            this.folder = folder;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals(failing)) {
                throw new FileSystemException(root.toString(), null, "No space left on device");
            }
            if (method.getName().equals("move") && arguments != null) {
                arguments[1] = ((Watch) Proxy.getInvocationHandler(arguments[1])).folder;
            }
            try {
                Object result = method.invoke(folder, arguments);
                return result instanceof Folder inner ? watched(root, inner) : result;
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }
}
