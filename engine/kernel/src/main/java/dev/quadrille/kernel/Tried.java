package dev.quadrille.kernel;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came of a step that may fail: its result, or why there is none, for whoever asks for it. */
record Tried<T>(@Nullable T result, @Nullable RuntimeException fault) {

    static <T> Tried<T> of(Supplier<T> step) {
        try {
            return new Tried<>(step.get(), null);
        } catch (RuntimeException fault) {
            return new Tried<>(null, fault);
        }
    }

    /** @throws RuntimeException the fault, if the step failed */
    T get() {
        if (fault != null) {
            throw fault;
        }
        return requireNonNull(result);
    }

    /** The result, or nothing. */
    Stream<T> stream() {
        return Stream.ofNullable(result);
    }
}
