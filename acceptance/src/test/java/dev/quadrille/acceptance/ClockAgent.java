package dev.quadrille.acceptance;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loaded into a service by {@code -javaagent}: whatever it asks {@link InstantSource#system()} is answered by a clock that
 * is off by as much as a file says at that moment. Alone in its jar.
 */
public final class ClockAgent implements ClassFileTransformer {

    private static final ClassDesc SELF = ClassDesc.of("dev.quadrille.acceptance.ClockAgent");

    private static @Nullable Path offset;

    private ClockAgent() {}

    /**
     * Called by the JVM before the service's own {@code main}.
     *
     * @param file the offset, as ISO 8601 writes a duration
     */
    public static void premain(String file, Instrumentation instrumentation) {
        offset = Path.of(file);
        instrumentation.addTransformer(new ClockAgent());
    }

    /** Called in the place of {@link InstantSource#system()}. */
    public static InstantSource system() {
        return () -> Instant.now().plus(offset());
    }

    private static Duration offset() {
        try {
            return Duration.parse(Files.readString(requireNonNull(offset)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (!name.startsWith("dev/quadrille/")) {
            return null;
        }
        var model = ClassFile.of().parse(bytes);
        return asksForTheTime(model) ? answered(model) : null;
    }

    private static boolean asksForTheTime(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .anyMatch(entry -> entry instanceof InterfaceMethodRefEntry method && isSystem(method));
    }

    private static boolean isSystem(MemberRefEntry method) {
        return method.owner().asInternalName().equals("java/time/InstantSource")
                && method.name().equalsString("system");
    }

    private static byte[] answered(ClassModel model) {
        return ClassFile.of().transformClass(model, ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof InvokeInstruction call && isSystem(call.method())) {
                code.invokestatic(SELF, "system", call.typeSymbol());
            } else {
                code.with(element);
            }
        }));
    }
}
