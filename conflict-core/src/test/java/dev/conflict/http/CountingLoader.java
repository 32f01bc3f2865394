package dev.conflict.http;

import dev.conflict.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Loads the evaluator a second time, changed so that each call of a method of String goes to {@link CharacterCount}. A
 * method that has no counterpart there is refused, so that nothing is read uncounted.
 */
final class CountingLoader extends ClassLoader {
    private static final String COUNT = Type.getInternalName(CharacterCount.class);

    CountingLoader() {
        super(CountingLoader.class.getClassLoader());
    }

    /** How many characters are read while a request, as {@link Asked} reads it, is evaluated. */
    long charactersRead(String asked) throws ReflectiveOperationException {
        Class<?> type = loadClass(Asked.class.getName());
        Constructor<?> constructor = type.getDeclaredConstructor(String.class);
        Method evaluate = type.getDeclaredMethod("evaluate");
        constructor.setAccessible(true);
        evaluate.setAccessible(true);
        Object request = constructor.newInstance(asked);
        CharacterCount.reset();
        evaluate.invoke(request);
        return CharacterCount.read();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean counted = name.equals(EntityTag.class.getName())
                || (name.startsWith("dev.conflict.http.") && !name.equals(CharacterCount.class.getName()));
        if (!counted) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = '/' + name.replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(CountingLoader.class.getResourceAsStream(path), path)) {
            byte[] code = name.equals(Asked.class.getName()) ? in.readAllBytes() : counting(in.readAllBytes());
            return defineClass(name, code, 0, code.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private static byte[] counting(byte[] code) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(code)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                return new Counting(super.visitMethod(access, name, type, signature, exceptions));
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static final class Counting extends MethodVisitor {
        private Counting(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (opcode == Opcodes.INVOKEVIRTUAL && reads(owner, type)) {
                String counterpart = "(L" + owner + ';' + type.substring(1);
                requireCounterpart(name, counterpart);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNT, name, counterpart, false);
            } else {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
            }
        }

        private static boolean reads(String owner, String type) {
            return owner.equals("java/lang/String")
                    || (owner.equals("java/util/StringJoiner") && !type.startsWith("()"));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getOwner().equals("java/lang/String")) {
                    throw new AssertionError("A reference to String." + handle.getName() + " is not counted");
                }
            }
            super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        }

        private static void requireCounterpart(String name, String type) {
            if (Arrays.stream(CharacterCount.class.getMethods())
                    .noneMatch(method -> method.getName().equals(name)
                            && Type.getMethodDescriptor(method).equals(type))) {
                throw new AssertionError("What " + name + type + " reads is not counted");
            }
        }
    }
}
