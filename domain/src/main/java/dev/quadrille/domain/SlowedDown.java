package dev.quadrille.domain;

import dev.quadrille.kernel.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Pauses before each message, so that a person can watch: one message of a batch at a time, the others are held, but for those
 * that equal it, as equal messages share their fate. The pause holds up its queue; a service that stops meanwhile leaves the
 * message to come again.
 */
final class SlowedDown<M> implements Handler<M> {

    private final Handler<M> handler;
    private final Supplier<Duration> pause;

    SlowedDown(Handler<M> handler, Supplier<Duration> pause) {
        this.handler = handler;
        this.pause = pause;
    }

    @Override
    public Handled<M> handle(List<M> batch) {
        var before = pause.get();
        if (before.isZero()) {
            return handler.handle(batch);
        }
        try {
            Thread.sleep(before);
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
        var first = batch.getFirst();
        var handled = handler.handle(List.of(first));
        var held = new ArrayList<>(handled.held());
        batch.stream().filter(message -> !message.equals(first)).forEach(held::add);
        return new Handled<>(held, handled.failed());
    }

    @Override
    public void discard(M message, String why) {
        handler.discard(message, why);
    }
}
