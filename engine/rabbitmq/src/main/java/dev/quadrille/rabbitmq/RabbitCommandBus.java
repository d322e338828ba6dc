package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import java.util.List;

/** Sends commands to the queues of their contexts. Safe to share between threads. */
public final class RabbitCommandBus implements CommandBus, CommandIntake {

    private final ConfirmedPublisher publisher;
    private final CommandMessages format;

    public RabbitCommandBus(ConfirmedPublisher publisher, CommandMessages format) {
        this.publisher = publisher;
        this.format = format;
    }

    @Override
    public void send(List<CommandEnvelope> commands) {
        publisher.publishAll(commands.stream().map(format::write).toList());
    }

    @Override
    public void submit(CommandEnvelope command) {
        ConfirmedPublisher.await(publisher.publish(format.write(command)));
    }
}
