package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.process.Input.Happened;
import java.util.Map;

/** From an input that refers to an event to one that has it. */
final class Links {

    private Links() {}

    /** The input itself where the event is not among these. */
    static Happened follow(Happened input, Map<EventRef, Event> linked) {
        var event = linked.get(input.ref());
        return event == null ? input : new Happened(input.ref(), input.type(), event);
    }
}
