package dev.quadrille.demo;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import java.time.Duration;
import java.util.List;

/** The context as a service hosts it: its name, its aggregate and its language. */
public final class Demo {

    public static final String CONTEXT = "demo";

    private Demo() {}

    /**
     * The switches.
     *
     * @param pause how long processes pause before each step as long as nobody has set another
     */
    public static List<Aggregate<?, ?, ?>> aggregates(Duration pause) {
        return List.of(SwitchesDecider.aggregate(pause));
    }

    /** The stable names of everything this context stores and sends. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("demo.SetDemo.v1", SwitchesCommand.SetDemo.class)
                .register("demo.SetSlowDown.v1", SwitchesCommand.SetSlowDown.class)
                .register("demo.DemoSet.v1", SwitchesEvent.DemoSet.class)
                .register("demo.SlowDownSet.v1", SwitchesEvent.SlowDownSet.class);
    }
}
