package dev.quadrille.domain;

import dev.quadrille.financing.registering.Registered;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.rabbitmq.IntegrationEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Turns what Registering announces into commands of ours. The command's id is derived from the announcement's, so that
 * one heard twice is one command (P2).
 */
final class Announcements implements Handler<IntegrationEvent> {

    private static final UUID NAMESPACE = UUID.fromString("0e7a3d5c-91b4-4a3e-8f0e-5d1f4f6b2c10");

    /** Announcements carry no version; what we read is their first. */
    private static final String VERSION = ".v1";

    private final Codec codec;
    private final CommandBus commands;
    private final InstantSource clock;

    Announcements(Codec codec, CommandBus commands, InstantSource clock) {
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public Handled<IntegrationEvent> handle(List<IntegrationEvent> batch) {
        var translated = new ArrayList<CommandEnvelope>();
        var handled = Handled.oneByOne(batch, IntegrationEvent::id, heard -> translated.add(translate(heard)));
        if (!translated.isEmpty()) {
            commands.send(translated);
        }
        return handled;
    }

    private CommandEnvelope translate(IntegrationEvent heard) {
        if (!(codec.decode(new Message(heard.type() + VERSION, heard.body())) instanceof Registered registered)) {
            throw new UnreadableMessage(heard.type() + " is not an announcement of Registering");
        }
        var command = command(registered);
        var id = DerivedId.of(NAMESPACE, heard.id());
        return new CommandEnvelope(
                id, null, command.stream(), clock.instant(), Lineage.begunBy(id), codec.encode(command));
    }

    private static Command command(Registered registered) {
        try {
            return registered.toCommand();
        } catch (IllegalArgumentException nonsense) {
            throw new UnreadableMessage("No command can be made of " + registered, nonsense);
        }
    }
}
