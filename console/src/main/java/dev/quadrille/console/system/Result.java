package dev.quadrille.console.system;

/** What came of a command that a person gave. */
public sealed interface Result {

    /** Whether it is settled: the same button pressed again is a wish of its own. Otherwise it is this one, repeated. */
    default boolean settled() {
        return true;
    }

    /**
     * It is accepted.
     *
     * @param changed false if what it asked for was true already
     */
    record Done(String commandId, boolean changed) implements Result {}

    /** The domain has refused it, and nothing has changed. */
    record Rejected(String reason, String message) implements Result {}

    /** The listener has refused it, and nothing has changed. */
    record Refused(Fault fault) implements Result {}

    /** It is taken, and nobody has told in time what came of it. */
    record Undecided(String commandId, String why) implements Result {
        @Override
        public boolean settled() {
            return false;
        }
    }

    /** It may have been taken or not. */
    record Unsure(Fault fault) implements Result {
        @Override
        public boolean settled() {
            return false;
        }
    }
}
