package dev.quadrille.demo;

import dev.quadrille.kernel.Event;
import java.time.Duration;

/** What can happen to the switches. */
public sealed interface SwitchesEvent extends Event {

    /** Documents are issued by themselves from now on, or not any more. */
    record DemoSet(SwitchesId switchesId, boolean on) implements SwitchesEvent {}

    /** Processes pause before each step for this long from now on. */
    record SlowDownSet(SwitchesId switchesId, Duration pause) implements SwitchesEvent {}
}
