package dev.quadrille.standalone;

import static java.util.stream.Collectors.toSet;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.financing.registering.Registered;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.financing.registering.Registered.IssuerRegistered;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.IntegrationEvent;
import dev.quadrille.rabbitmq.IntegrationMessages;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Announces issuers and investors, as the Registering context would, so that there is somebody to trade. */
@Command(
        name = "populate",
        description = "Registers five issuers and five investors with a balance of EUR 100 each, and prints their ids.")
final class Populate implements Runnable {

    private static final List<String> ISSUERS =
            List.of("Amber Mills", "Birch Logistics", "Cobalt Foods", "Dune Textiles", "Elm & Sons");
    private static final List<String> INVESTORS = List.of("Ada", "Bruno", "Chiara", "Dmitri", "Esi");
    private static final Duration HANDLED_WITHIN = Duration.ofSeconds(10);
    private static final Money BALANCE = Money.of(CurrencyUnit.EUR, 100);

    @Spec
    private CommandSpec spec;

    @Mixin
    private GivenSettings given;

    @Override
    public void run() {
        var settings = StandaloneSettings.from(given.variables());
        var out = spec.commandLine().getOut();
        var issuers = ISSUERS.stream()
                .map(name -> new IssuerRegistered(new IssuerId(UUID.randomUUID()), name))
                .toList();
        var investors = INVESTORS.stream()
                .map(name -> new InvestorRegistered(new InvestorId(UUID.randomUUID()), name, BALANCE))
                .toList();
        var announced = new ArrayList<Registered>(issuers);
        announced.addAll(investors);
        announce(announced, settings, out);
        issuers.forEach(
                issuer -> out.printf("issuer   %s  %s%n", issuer.issuerId().value(), issuer.name()));
        investors.forEach(investor -> out.printf(
                "investor %s  %s, %s%n", investor.investorId().value(), investor.name(), investor.balance()));
        out.println();
        out.println("Sell an invoice of the first issuer:");
        out.println("  "
                + new Calls(settings)
                        .command(
                                "SellInvoice",
                                "{\"issuer_id\": \""
                                        + issuers.getFirst().issuerId().value()
                                        + "\", \"asking_price\": {\"currency_code\": \"EUR\", \"units\": 10}}"));
        out.flush();
    }

    /** Announces, and waits until the domain has made of it what there is to trade with. */
    private void announce(List<Registered> announced, StandaloneSettings settings, PrintWriter out) {
        var broker = given.variables().text("AMQP_URL", settings.embeddedBroker());
        var topology = Installation.topology(given.variables());
        var codec = Installation.codec();
        var format = new IntegrationMessages();
        var awaited = announced.stream()
                .map(registered -> registered.toCommand().stream())
                .collect(toSet());
        try (var witness = Witness.of(broker, topology, awaited);
                var publisher = new ConfirmedPublisher(BrokerSettings.of(broker, "populate"), topology)) {
            publisher.publishAll(announced.stream()
                    .map(codec::encode)
                    .map(message -> new IntegrationEvent(
                            UUID.randomUUID().toString(), message.type().replaceFirst("\\.v1$", ""), message.body()))
                    .map(format::write)
                    .toList());
            if (!witness.awaitAll(HANDLED_WITHIN)) {
                out.println("Announced; the domain has not handled all of it within " + HANDLED_WITHIN.toSeconds()
                        + " s. It will when it runs.");
            }
        }
    }
}
