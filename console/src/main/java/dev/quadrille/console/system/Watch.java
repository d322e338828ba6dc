package dev.quadrille.console.system;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a watch of the query service open: begins it anew, after a moment, whenever it ends. */
final class Watch<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<Iterator<T>> begin;
    private final Runnable begun;
    private final Consumer<T> row;
    private final Changes closing = new Changes();
    private final CancellableContext call = Context.ROOT.withCancellation();
    private boolean complained;

    private Watch(String name, Supplier<Iterator<T>> begin, Runnable begun, Consumer<T> row) {
        this.name = name;
        this.begin = begin;
        this.begun = begun;
        this.row = row;
    }

    /**
     * Begins to watch, on a thread of its own.
     *
     * @param begin opens the watch
     * @param begun is told before the first row of each
     * @param row is told every row
     */
    static <T> Watch<T> start(String name, Supplier<Iterator<T>> begin, Runnable begun, Consumer<T> row) {
        var watch = new Watch<>(name, begin, begun, row);
        Thread.ofVirtual().name("watch-" + name).start(() -> watch.call.run(watch::keepWatching));
        return watch;
    }

    private void keepWatching() {
        try {
            do {
                try {
                    watch();
                } catch (StatusRuntimeException ended) {
                    if (!complained && !call.isCancelled()) {
                        log.warn("The watch of {} has ended, and is begun anew: {}", name, ended.getMessage());
                    }
                    complained = true;
                }
            } while (closing.pause(PAUSE));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    private void watch() {
        var rows = begin.get();
        for (var first = true; rows.hasNext(); first = false) {
            var next = rows.next();
            if (first) {
                log.info("Watching {}", name);
                complained = false;
                begun.run();
            }
            row.accept(next);
        }
    }

    @Override
    public void close() {
        closing.close();
        call.cancel(null);
    }
}
