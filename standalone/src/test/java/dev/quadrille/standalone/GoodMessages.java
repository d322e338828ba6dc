package dev.quadrille.standalone;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.IntegrationEvent;
import dev.quadrille.rabbitmq.IntegrationMessages;
import dev.quadrille.rabbitmq.Outgoing;
import dev.quadrille.rabbitmq.Topology;
import java.time.Instant;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Messages as the services write them, about something new each time, and with an amount of 10.00. */
record GoodMessages(Partitions partitions) {

    private static final Codec CODEC = Installation.codec();
    private static final Money PRICE = Money.of(CurrencyUnit.EUR, 10);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    Outgoing on(String exchange) {
        return switch (exchange) {
            case Topology.COMMANDS -> command();
            case Topology.EVENTS -> event();
            case Topology.INTEGRATION_EVENTS -> announcement();
            default -> throw new AssertionError("What is on the exchange " + exchange + " isn't known here; say it");
        };
    }

    Outgoing command() {
        var id = UUID.randomUUID();
        var command = new SellInvoice(new InvoiceId(id), new IssuerId(id), PRICE);
        return new CommandMessages(partitions)
                .write(new CommandEnvelope(
                        id, null, command.stream(), NOON, Lineage.begunBy(id), CODEC.encode(command)));
    }

    /** A policy answers it with a command, which is rejected. */
    Outgoing event() {
        var id = UUID.randomUUID();
        var placed = new BidOnInvoicePlaced(new InvestorId(id), new InvoiceId(id), new BidId(id), PRICE);
        return new EventMessages(partitions)
                .write(new EventEnvelope(
                        id, placed.investorId().stream(), 1, NOON, Lineage.begunBy(id), CODEC.encode(placed)));
    }

    /** An investor is made of it. */
    Outgoing announcement() {
        var registered = new InvestorRegistered(new InvestorId(UUID.randomUUID()), "Ivo", PRICE);
        return new IntegrationMessages()
                .write(new IntegrationEvent(
                        UUID.randomUUID().toString(),
                        "registering.InvestorRegistered",
                        CODEC.encode(registered).body()));
    }
}
