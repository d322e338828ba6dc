package dev.quadrille.projections;

import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresFeed;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** What commands set off on an event store, as all services together would have it, one command at a time. */
final class Aftermath {

    private static final Codec CODEC = Installation.codec();

    final PostgresEventStore store;
    private final PostgresFeed feed;
    private final CommandHandler handler;
    private final Policies policies;
    private final ProcessRouter router;
    private final Deque<CommandEnvelope> waiting = new ArrayDeque<>();
    private Instant now = Story.NOON;
    private long position;

    Aftermath(TestDatabase eventStore) {
        store = new PostgresEventStore(eventStore.pool());
        feed = new PostgresFeed(eventStore.pool(), Duration.ofSeconds(20));
        handler = new CommandHandler(
                store, new PostgresOutcomes(eventStore.pool()), CODEC, Installation.aggregates(), () -> now);
        policies = new Policies(
                Installation.CONTEXTS.stream()
                        .<Policy<?>>flatMap(context -> context.policies().stream())
                        .toList(),
                CODEC,
                waiting::addAll,
                () -> now);
        router = new ProcessRouter(
                new Processes(Installation.PROCESS_MANAGERS, Set.of()),
                store,
                CODEC,
                waiting::addAll,
                () -> now,
                ignored -> {
                    throw new AssertionError("Not in the store: " + ignored);
                });
    }

    /** A client's command with all that follows. Answers its id. */
    UUID of(Command command) {
        var id = begin(UUID.randomUUID(), command);
        settle(_ -> true);
        return id;
    }

    /** A client's command, which waits. */
    UUID begin(UUID id, Command command) {
        waiting.add(new CommandEnvelope(id, null, command.stream(), now, Lineage.begunBy(id), CODEC.encode(command)));
        return id;
    }

    /** Handles what waits and what follows from it, one a second, until the next is none of these. Answers that one's id. */
    UUID settle(Predicate<CommandEnvelope> these) {
        while (!waiting.isEmpty() && these.test(waiting.element())) {
            now = now.plusSeconds(1);
            var left = handler.handle(List.of(waiting.remove()));
            if (!left.held().isEmpty() || !left.failed().isEmpty()) {
                throw new AssertionError("Not handled: " + left);
            }
            for (var entry : feed.after(position, 100)) {
                position = entry.position();
                tell(entry.event());
            }
        }
        return waiting.isEmpty() ? new UUID(0, 0) : waiting.element().id();
    }

    private void tell(EventEnvelope event) {
        policies.handle(List.of(event));
        router.handle(List.of(event));
    }
}
