package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Outcomes;

/** All that one instance of a handler, of the policies or of the relay has to do with the world. */
record Ports(
        EventStore store,
        Outcomes outcomes,
        Deadlines deadlines,
        Feed feed,
        Checkpoints checkpoints,
        CommandBus commandBus,
        EventBus eventBus) {

    Ports storing(EventStore otherStore, Outcomes otherOutcomes) {
        return new Ports(otherStore, otherOutcomes, deadlines, feed, checkpoints, commandBus, eventBus);
    }

    Ports relaying(Checkpoints otherCheckpoints, EventBus otherBus) {
        return new Ports(store, outcomes, deadlines, feed, otherCheckpoints, commandBus, otherBus);
    }

    Ports sending(CommandBus otherBus) {
        return new Ports(store, outcomes, deadlines, feed, checkpoints, otherBus, eventBus);
    }

    Ports delivering(Deadlines otherDeadlines) {
        return new Ports(store, outcomes, otherDeadlines, feed, checkpoints, commandBus, eventBus);
    }
}
