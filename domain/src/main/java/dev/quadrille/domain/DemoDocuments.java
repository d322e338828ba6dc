package dev.quadrille.domain;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Issues a document every five seconds, to three customers in turn, while the demo is on. Every instance of the domain does
 * so, and in each five seconds all of them issue the same one: its id is derived from the time (P2).
 */
final class DemoDocuments {

    private static final UUID NAMESPACE = UUID.fromString("d3a0f6a1-6f27-4a44-9c53-1f6b0e0c7d10");
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final List<CustomerId> CUSTOMERS = Stream.of("first", "second", "third")
            .map(name -> new CustomerId(DerivedId.of(NAMESPACE, name)))
            .toList();

    private final BooleanSupplier on;
    private final Codec codec;
    private final CommandBus commands;
    private final InstantSource clock;
    private long last;

    /** @param clock the same for all instances */
    DemoDocuments(BooleanSupplier on, Codec codec, CommandBus commands, InstantSource clock) {
        this.on = on;
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
    }

    /** Issues one, if it is on and time for it. */
    boolean next() {
        if (on.getAsBoolean()) {
            var now = clock.instant();
            var turn = now.getEpochSecond() / EVERY.toSeconds();
            if (turn > last) {
                commands.send(List.of(issue(turn, now)));
                last = turn;
            }
        }
        return false;
    }

    private CommandEnvelope issue(long turn, Instant now) {
        var id = DerivedId.of(NAMESPACE, "command", turn);
        var command = new IssueDocument(
                new DocumentId(DerivedId.of(id, "document")),
                CUSTOMERS.get((int) (turn % CUSTOMERS.size())),
                Money.ofMinor(CurrencyUnit.EUR, 1_000 + turn * 37 % 9_000));
        return new CommandEnvelope(id, null, command.stream(), now, Lineage.begunBy(id), codec.encode(command));
    }
}
