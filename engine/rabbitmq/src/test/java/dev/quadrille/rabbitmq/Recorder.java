package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Handler.Handled;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A handler that remembers the bodies of the commands that it has handled, for a test to wait for. */
final class Recorder implements Handler<CommandEnvelope> {

    private final List<String> handled = new ArrayList<>();

    @Override
    public Handled<CommandEnvelope> handle(List<CommandEnvelope> batch) {
        batch.forEach(this::record);
        return new Handled<>(List.of(), List.of());
    }

    synchronized void record(CommandEnvelope command) {
        handled.add(command.message().body());
        notifyAll();
    }

    /** All that was handled, in order, repeats as well. */
    synchronized List<String> handled() {
        return List.copyOf(handled);
    }

    /** What was handled, each in the place where it came first, once there are so many. */
    List<String> awaitFirst(int count) throws InterruptedException {
        return await(seen -> new LinkedHashSet<>(seen).size() >= count).stream()
                .distinct()
                .toList();
    }

    private synchronized List<String> await(Predicate<List<String>> reached) throws InterruptedException {
        var deadline = System.nanoTime() + TestContext.PATIENCE.toNanos();
        while (!reached.test(handled)) {
            if (deadline - System.nanoTime() <= 0) {
                throw new AssertionError("Not reached within %s: %s".formatted(TestContext.PATIENCE, handled));
            }
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return List.copyOf(handled);
    }
}
