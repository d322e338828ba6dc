package dev.quadrille.domain;

import dev.quadrille.demo.Switches;
import dev.quadrille.demo.SwitchesDecider;
import dev.quadrille.demo.SwitchesEvent;
import dev.quadrille.demo.SwitchesId;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.shell.Loop;
import java.time.Duration;

/** Knows how the switches stand, by looking into their stream twice a second. */
final class SwitchWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final EventStore store;
    private final Codec codec;
    private final SwitchesDecider decider;
    private final Loop loop;
    private volatile Switches now;

    private SwitchWatch(EventStore store, Codec codec, Duration pause) {
        this.store = store;
        this.codec = codec;
        this.decider = new SwitchesDecider(pause);
        this.now = decider.initial();
        this.loop = Loop.start("switches", PAUSE, this::look);
    }

    /** Begins to look. */
    static SwitchWatch start(EventStore store, Codec codec, Duration pause) {
        return new SwitchWatch(store, codec, pause);
    }

    private boolean look() {
        now = decider.fold(
                decider.initial(),
                store.read(SwitchesId.ALL.stream()).stream()
                        .map(event -> (SwitchesEvent) codec.decode(event.message()))
                        .toList());
        return false;
    }

    /** How they stood half a second ago, or later. */
    Switches now() {
        return now;
    }

    @Override
    public void close() {
        loop.close();
    }
}
