package dev.quadrille.demo;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import java.time.Duration;

/** What can be asked of the switches; asked again, nothing changes. */
public sealed interface SwitchesCommand extends Command {

    SwitchesId switchesId();

    @Override
    default StreamId stream() {
        return switchesId().stream();
    }

    /** Has documents issued by themselves, or not any more. */
    record SetDemo(SwitchesId switchesId, boolean on) implements SwitchesCommand {}

    /** Has processes pause before each step; zero: not any more. */
    record SetSlowDown(SwitchesId switchesId, Duration pause) implements SwitchesCommand {}
}
