package dev.quadrille.financing.investor;

import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.Examples.usd;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.Financing;
import dev.quadrille.financing.investor.Investor.Account;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.testkit.InMemorySystem;
import dev.quadrille.testkit.InMemorySystem.Delivery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no workload may break, tried on random ones: commands in any order, many or few at once, delivered once or
 * twice. A failing test has the seed of its workload in its name.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MoneyLawsTest {

    private static final int COMMANDS = 150;
    private static final List<InvestorId> INVESTORS =
            ids(4).map(InvestorId::new).toList();
    private static final List<InvoiceId> INVOICES = ids(12).map(InvoiceId::new).toList();

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void at_rest_balance_reservations_and_committed_are_what_was_added(long seed) {
        var events = outcomeOf(seed);

        for (var investor : INVESTORS) {
            var own = only(events, InvestorEvent.class).stream()
                    .filter(event -> idOf(event).equals(investor))
                    .toList();
            var account = account(InvestorDecider.aggregate(), own);
            var committed = only(own, InvestorFundsCommitted.class).stream().map(InvestorFundsCommitted::amount);
            var added = only(own, InvestorFundsAdded.class).stream().map(InvestorFundsAdded::amount);

            var held = Stream.concat(account.reservations().values().stream(), committed);
            assertThat(account.balance().plus(held.toList())).isEqualTo(sum(account, added));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void at_rest_only_a_won_bid_still_open_has_a_reservation_and_it_is_the_asking_price(long seed) {
        var events = outcomeOf(seed);

        var open = new HashMap<BidId, Money>();
        for (var event : events) {
            switch (event) {
                case InvoiceFinanced(var _, var askingPrice, var bid) -> open.put(bid.bidId(), askingPrice);
                case InvoiceApproved(var _, var _, var bid) -> open.remove(bid.bidId());
                case InvoiceReversed(var _, var _, var bid) -> open.remove(bid.bidId());
                default -> {}
            }
        }

        assertThat(reservations(events)).isEqualTo(open);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_invoice_is_won_once_and_what_is_committed_is_what_was_approved(long seed) {
        var events = outcomeOf(seed);

        assertThat(only(events, InvoiceFinanced.class))
                .isNotEmpty()
                .extracting(InvoiceFinanced::invoiceId)
                .doesNotHaveDuplicates();
        var approved = only(events, InvoiceApproved.class).stream()
                .collect(toMap(event -> event.winningBid().bidId(), InvoiceApproved::soldPrice));
        assertThat(only(events, InvestorFundsCommitted.class).stream()
                        .collect(toMap(InvestorFundsCommitted::bidId, InvestorFundsCommitted::amount)))
                .isEqualTo(approved);
    }

    private static List<Event> outcomeOf(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var delivery = random.nextBoolean() ? Delivery.ONCE : Delivery.TWICE;
        var system = new InMemorySystem(Financing.aggregates(), Financing.policies(), Installation.codec(), delivery);
        system.send(new CreateIssuer(ISSUER, "Harbor & Sons"));
        for (var investor : INVESTORS) {
            var balance = random.nextInt(200);
            system.send(new CreateInvestor(
                    investor, "Ada", investor.equals(INVESTORS.getLast()) ? usd(balance) : eur(balance)));
        }
        for (var i = 0; i < COMMANDS; i++) {
            system.enqueue(command(random, new BidId(new UUID(1, i))));
            if (random.nextInt(5) == 0) {
                system.run();
            }
        }
        system.run();
        return system.events();
    }

    private static Command command(RandomGenerator random, BidId bid) {
        var investor = INVESTORS.get(random.nextInt(INVESTORS.size()));
        var invoice = INVOICES.get(random.nextInt(INVOICES.size()));
        var amount = random.nextInt(1, 60);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new SellInvoice(invoice, ISSUER, eur(amount));
            case 2 -> new ApproveFinancing(invoice);
            case 3 -> new ReverseFinancing(invoice);
            case 4 -> new BidOnInvoice(investor, bid, invoice, usd(amount));
            default -> new BidOnInvoice(investor, bid, invoice, eur(amount));
        };
    }

    private static Map<BidId, Money> reservations(List<Event> events) {
        var reserved = new HashMap<BidId, Money>();
        for (var event : only(events, InvestorEvent.class)) {
            switch (event) {
                case BidOnInvoicePlaced(var _, var _, var bid, var amount) -> reserved.merge(bid, amount, Money::plus);
                case InvestorFundsReleased(var _, var bid, var amount) -> reserved.merge(bid, amount, Money::minus);
                case InvestorFundsCommitted(var _, var bid, var amount) -> reserved.merge(bid, amount, Money::minus);
                case InvestorCreated _, InvestorFundsAdded _ -> {}
            }
        }
        reserved.values().removeIf(Money::isZero);
        return reserved;
    }

    private static InvestorId idOf(InvestorEvent event) {
        return switch (event) {
            case InvestorCreated(var id, var _, var _) -> id;
            case InvestorFundsAdded(var id, var _) -> id;
            case BidOnInvoicePlaced(var id, var _, var _, var _) -> id;
            case InvestorFundsReleased(var id, var _, var _) -> id;
            case InvestorFundsCommitted(var id, var _, var _) -> id;
        };
    }

    /** The account as decisions see it, which throws if it was ever overdrawn. */
    private static <S> Account account(
            Aggregate<InvestorCommand, S, InvestorEvent> investors, List<InvestorEvent> own) {
        var decider = investors.decider();
        return (Account) decider.fold(decider.initial(), own);
    }

    private static Money sum(Account account, Stream<Money> amounts) {
        return Money.zero(account.balance().getCurrencyUnit()).plus(amounts.toList());
    }

    private static Stream<UUID> ids(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(n -> new UUID(0, n));
    }

    private static <E> List<E> only(List<? extends Event> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
