package dev.quadrille.kernel;

import java.util.Map;
import java.util.Set;

/**
 * A command or an event that refers to stored events. The {@link CommandHandler} reads them with it, so that a decider sees
 * them as if they stood in the message.
 */
public interface Linking {

    /** What it refers to. */
    Set<EventRef> links();

    /**
     * The same message together with what it refers to.
     *
     * @param linked those of {@link #links} that are stored
     */
    Linking linked(Map<EventRef, Event> linked);
}
