package dev.quadrille.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stable names of all messages that a program can read and write: filled once at start, then only read, from any
 * thread. What was written stays readable: a retired type keeps its registration, a renamed class its name.
 */
public final class MessageTypes {

    private static final String REJECTED = ".CommandRejected.v1";

    private final Map<String, Class<?>> classes = new LinkedHashMap<>();
    private final Map<Class<?>, String> names = new LinkedHashMap<>();

    /**
     * Registers a message type.
     *
     * @param name {@code <context>.<Name>.v<n>}, the same for ever
     * @throws IllegalArgumentException if the name is malformed, or if the name or the class is registered already
     */
    public MessageTypes register(String name, Class<?> type) {
        if (!name.matches("[a-z][a-z0-9]*\\.[A-Z][A-Za-z0-9]*\\.v[1-9][0-9]*")) {
            throw new IllegalArgumentException("A message's name is <context>.<Name>.v<n>, not '" + name + "'");
        }
        classOf(name).ifPresent(taker -> {
            throw new IllegalArgumentException(
                    "The name '" + name + "' is taken by " + taker + "; give " + type + " another");
        });
        if (names.containsKey(type)) {
            throw new IllegalArgumentException(type + " is registered already, as '" + names.get(type) + "'");
        }
        classes.put(name, type);
        names.put(type, name);
        return this;
    }

    /** Registers all types of another context's language as well. */
    public MessageTypes registerAll(MessageTypes others) {
        others.classes.forEach(this::register);
        return this;
    }

    /** The class registered under the name, if there is one; every context has {@link CommandRejected}. */
    public Optional<Class<?>> classOf(String name) {
        return name.endsWith(REJECTED) ? Optional.of(CommandRejected.class) : Optional.ofNullable(classes.get(name));
    }

    /**
     * The name under which the message's class is registered; for {@link CommandRejected} that of the context in which
     * the command was decided.
     *
     * @throws IllegalArgumentException if the class is not registered
     */
    public String nameOf(Object message) {
        if (message instanceof CommandRejected rejected) {
            return rejected.stream().context() + REJECTED;
        }
        var name = names.get(message.getClass());
        if (name == null) {
            throw new IllegalArgumentException(
                    message.getClass() + " is not a registered message; register it under a stable name");
        }
        return name;
    }

    /** All registrations, name to class, in the order in which they were made. */
    public Map<String, Class<?>> all() {
        return Collections.unmodifiableMap(classes);
    }
}
