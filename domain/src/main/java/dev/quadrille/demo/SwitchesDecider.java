package dev.quadrille.demo;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;

import dev.quadrille.demo.SwitchesCommand.SetDemo;
import dev.quadrille.demo.SwitchesCommand.SetSlowDown;
import dev.quadrille.demo.SwitchesEvent.DemoSet;
import dev.quadrille.demo.SwitchesEvent.SlowDownSet;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.time.Duration;
import java.util.Set;

/** A switch stays as it was set last. */
public final class SwitchesDecider implements Decider<SwitchesCommand, Switches, SwitchesEvent> {

    private final Duration pause;

    /**
     * Decides on switches.
     *
     * @param pause as long as nobody has set another
     */
    public SwitchesDecider(Duration pause) {
        this.pause = pause;
    }

    /** The switches as the handler hosts them. */
    public static Aggregate<SwitchesCommand, ?, SwitchesEvent> aggregate(Duration pause) {
        return new Aggregate<>(
                SwitchesId.CATEGORY, SwitchesCommand.class, SwitchesEvent.class, new SwitchesDecider(pause));
    }

    @Override
    public Switches initial() {
        return new Switches(false, pause);
    }

    @Override
    public Switches evolve(Switches switches, SwitchesEvent event) {
        return switch (event) {
            case DemoSet(var _, var on) -> new Switches(on, switches.pause());
            case SlowDownSet(var _, var set) -> new Switches(switches.demo(), set);
        };
    }

    @Override
    public Decision<SwitchesEvent> decide(Switches switches, SwitchesCommand command, Set<StreamId> existing) {
        return switch (command) {
            case SetDemo(var _, var on) when on == switches.demo() -> alreadyTrue();
            case SetDemo(var id, var on) -> accept(new DemoSet(id, on));
            case SetSlowDown(var _, var set) when set.equals(switches.pause()) -> alreadyTrue();
            case SetSlowDown(var id, var set) -> accept(new SlowDownSet(id, set));
        };
    }
}
