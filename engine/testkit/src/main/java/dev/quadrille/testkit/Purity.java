package dev.quadrille.testkit;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * That code reaches no clock, no chance and no environment: found in its byte code, as two runs right after each other would
 * mostly agree. Calls are followed through methods, lambdas and method references into every class under the same first two
 * parts of the package's name, as far as the byte code names their target.
 */
final class Purity {

    private static final Set<Class<?>> FOUND_PURE = ConcurrentHashMap.newKeySet();

    /** What must not be called: an owner, of which the end may be open, and a name, or every name. */
    private record Forbidden(String owner, String name) {

        boolean is(Call call) {
            return (owner.endsWith("/")
                            ? call.owner().startsWith(owner)
                            : call.owner().equals(owner))
                    && (name.isEmpty() || call.name().equals(name));
        }
    }

    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden("java/time/", "now"),
            new Forbidden("java/time/Clock", ""),
            new Forbidden("java/time/InstantSource", ""),
            new Forbidden("java/lang/System", "currentTimeMillis"),
            new Forbidden("java/lang/System", "nanoTime"),
            new Forbidden("java/lang/System", "getenv"),
            new Forbidden("java/lang/System", "getProperty"),
            new Forbidden("java/lang/Math", "random"),
            new Forbidden("java/lang/Thread", ""),
            new Forbidden("java/util/Date", "<init>"),
            new Forbidden("java/util/Calendar", "getInstance"),
            new Forbidden("java/util/UUID", "randomUUID"),
            new Forbidden("java/util/Random", ""),
            new Forbidden("java/util/SplittableRandom", ""),
            new Forbidden("java/util/random/", ""),
            new Forbidden("java/util/concurrent/ThreadLocalRandom", ""),
            new Forbidden("java/security/SecureRandom", ""),
            new Forbidden("java/io/", ""),
            new Forbidden("java/net/", ""),
            new Forbidden("java/nio/file/", ""));

    private record Call(String owner, String name, String type) {

        static Call of(MemberRefEntry target) {
            return new Call(
                    target.owner().asInternalName(),
                    target.name().stringValue(),
                    target.type().stringValue());
        }

        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + name;
        }
    }

    private final ClassLoader loader;
    private final String home;
    private final Set<Call> seen = new HashSet<>();
    private final ArrayDeque<Call> open = new ArrayDeque<>();

    private Purity(Class<?> rules) {
        this.loader = rules.getClassLoader();
        var parts = rules.getName().split("\\.", -1);
        this.home = Stream.of(parts)
                .limit(Math.min(2, parts.length - 1L))
                .map(part -> part + "/")
                .reduce("", String::concat);
    }

    /**
     * Requires it of the methods of a class.
     *
     * @throws AssertionFailedError that says who calls what
     */
    static void require(Class<?> rules) {
        if (!FOUND_PURE.contains(rules)) {
            new Purity(rules).check(rules);
            FOUND_PURE.add(rules);
        }
    }

    private void check(Class<?> rules) {
        var name = rules.getName().replace('.', '/');
        read(name).stream().flatMap(read -> read.methods().stream()).forEach(method -> follow(call(name, method)));
        while (!open.isEmpty()) {
            var caller = open.remove();
            for (var callee : method(caller).map(Purity::calls).orElse(Set.of())) {
                if (FORBIDDEN.stream().anyMatch(forbidden -> forbidden.is(callee))) {
                    throw new AssertionFailedError(caller + " calls " + callee + ", so " + rules.getName()
                            + " may decide otherwise the next time; give it what it needs in its messages");
                }
                follow(callee);
            }
        }
    }

    private void follow(Call call) {
        if (call.owner().startsWith(home) && seen.add(call)) {
            open.add(call);
        }
    }

    /** Where the byte code of a method stands: in its owner or in what that extends; nowhere if it is abstract. */
    private Optional<MethodModel> method(Call call) {
        var owner = read(call.owner());
        var own = owner.stream()
                .flatMap(read -> read.methods().stream())
                .filter(method -> call(call.owner(), method).equals(call))
                .findFirst();
        if (own.isPresent()) {
            return own;
        }
        owner.stream()
                .flatMap(read -> Stream.concat(read.superclass().stream(), read.interfaces().stream()))
                .forEach(parent -> follow(new Call(parent.asInternalName(), call.name(), call.type())));
        return Optional.empty();
    }

    private Optional<ClassModel> read(String internalName) {
        try (var bytes = loader.getResourceAsStream(internalName + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(ClassFile.of().parse(bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read the class " + internalName, e);
        }
    }

    private static Call call(String owner, MethodModel method) {
        return new Call(
                owner, method.methodName().stringValue(), method.methodType().stringValue());
    }

    private static Set<Call> calls(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .flatMap(Purity::targets)
                .map(Call::of)
                .collect(toSet());
    }

    private static Stream<MemberRefEntry> targets(CodeElement element) {
        return switch (element) {
            case InvokeInstruction invoke -> Stream.of(invoke.method());
            case InvokeDynamicInstruction dynamic ->
                dynamic.invokedynamic().bootstrap().arguments().stream()
                        .filter(MethodHandleEntry.class::isInstance)
                        .map(argument -> ((MethodHandleEntry) argument).reference());
            default -> Stream.of();
        };
    }
}
