package dev.quadrille.financing;

import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.Examples.usd;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.investor.MoneyLaws;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Command;
import dev.quadrille.testkit.simulation.Sabotage;
import dev.quadrille.testkit.simulation.Seeds;
import dev.quadrille.testkit.simulation.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Financing where anything goes wrong that can, in any order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FinancingSimulationTest {

    static final Simulator SIMULATOR =
            MoneyLaws.under(new Simulator(Financing.aggregates(), Financing.policies(), Installation.codec()));

    private static final List<InvestorId> INVESTORS =
            ids(3).map(InvestorId::new).toList();
    private static final List<InvoiceId> INVOICES = ids(2).map(InvoiceId::new).toList();
    private static final IssuerId STRANGER = new IssuerId(new UUID(9, 9));

    @Test
    void P2_P3_P4_P5_no_seed_breaks_a_law() {
        System.out.println(
                Seeds.run(
                        SIMULATOR,
                        FinancingSimulationTest::workload,
                        "./test -pl domain -am -DskipITs -Dsurefire.failIfNoSpecifiedTests=false -Dtest=FinancingSimulationTest"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEADLINES_FORGOTTEN")
    void a_defect_breaks_a_law_of_the_money_within_1000_seeds(Sabotage defect) {
        var seed = SIMULATOR
                .sabotagedBy(defect)
                .seedThatBreaks(MoneyLaws.RESERVATIONS, 1_000, FinancingSimulationTest::workload);

        System.out.printf("{\"sabotage\": \"%s\", \"found_by_seed\": %d}%n", defect, seed);
    }

    /** Few of each, so that they collide: bids, approvals and reversals, also too high, too early or in vain. */
    private static List<Command> workload(RandomGenerator random) {
        var commands = new ArrayList<Command>();
        commands.add(new CreateIssuer(ISSUER, "Harbor & Sons"));
        for (var investor : INVESTORS) {
            commands.add(new CreateInvestor(investor, "Ada", eur(random.nextInt(80))));
        }
        INVOICES.forEach(invoice -> commands.add(sell(random, invoice)));
        var wishes = random.nextInt(2, 12);
        for (var i = 0; i < wishes; i++) {
            commands.add(wish(random, new BidId(new UUID(1, i))));
        }
        return commands;
    }

    private static Command sell(RandomGenerator random, InvoiceId invoice) {
        return new SellInvoice(invoice, random.nextInt(10) == 0 ? STRANGER : ISSUER, eur(random.nextInt(1, 20)));
    }

    private static Command wish(RandomGenerator random, BidId bid) {
        var investor = INVESTORS.get(random.nextInt(INVESTORS.size()));
        var invoice = INVOICES.get(random.nextInt(INVOICES.size()));
        var amount = random.nextInt(1, 40);
        return switch (random.nextInt(12)) {
            case 0 -> sell(random, invoice);
            case 1, 2 -> new ApproveFinancing(invoice);
            case 3 -> new ReverseFinancing(invoice);
            case 4 -> new BidOnInvoice(investor, bid, invoice, usd(amount));
            default -> new BidOnInvoice(investor, bid, invoice, eur(amount));
        };
    }

    private static Stream<UUID> ids(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(n -> new UUID(0, n));
    }
}
