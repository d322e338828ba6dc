package dev.quadrille.testkit.simulation;

/** What may befall whoever crosses a boundary, before the effect or after it. */
enum Fault {
    /** The process dies; another is started in its place. */
    CRASH,
    /** The server's answer does not come. */
    UNAVAILABLE,
    /** No answer comes in time, and what was asked for is done later. */
    LATE,
    /** The process stands still while others go on. */
    PAUSE,
    /** The process stands still, and the broker takes it for dead: others get what it has in hand. */
    TAKEN_FOR_DEAD
}
