package dev.quadrille.financing.investor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.financing.investor.Investor.Account;
import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.testkit.simulation.Simulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.joda.money.Money;

/** What holds of the money when all is at rest, whatever was asked for and whatever went wrong. */
public final class MoneyLaws {

    public static final String RESERVATIONS = "only a won bid still open has a reservation, and it is the asking price";

    private MoneyLaws() {}

    /** Held to these laws as well. */
    public static Simulator under(Simulator simulator) {
        return simulator
                .under("balance, reservations and committed are what was added", MoneyLaws::everyAccountAddsUp)
                .under("every bid that was placed has won or lost, once, and no other", MoneyLaws::everyBidHasOneEnd)
                .under("an invoice is won once", MoneyLaws::everyInvoiceIsWonOnce)
                .under(RESERVATIONS, MoneyLaws::onlyOpenBidsAreReserved)
                .under("what is committed is what was approved", MoneyLaws::committedIsApproved)
                .under("no release and no commitment is rejected", MoneyLaws::nothingOfTheSagaIsRejected);
    }

    private static void everyAccountAddsUp(List<Event> events) {
        only(events, InvestorEvent.class).stream()
                .collect(groupingBy(MoneyLaws::idOf))
                .forEach((investor, own) -> {
                    var account = account(InvestorDecider.aggregate(), own);
                    var committed =
                            only(own, InvestorFundsCommitted.class).stream().map(InvestorFundsCommitted::amount);
                    var added = only(own, InvestorFundsAdded.class).stream().map(InvestorFundsAdded::amount);

                    var held = Stream.concat(account.reservations().values().stream(), committed);
                    assertThat(account.balance().plus(held.toList()))
                            .as("Investor %s", investor.value())
                            .isEqualTo(sum(account, added));
                });
    }

    private static void everyBidHasOneEnd(List<Event> events) {
        var placed = only(events, BidOnInvoicePlaced.class).stream()
                .map(bid -> new Bid(bid.bidId(), bid.investorId(), bid.amount()));
        var ended = new ArrayList<Bid>();
        for (var event : events) {
            switch (event) {
                case InvoiceFinanced(var _, var _, var bid) -> ended.add(bid);
                case BidOnInvoiceRejected(var _, var bid, var _) -> ended.add(bid);
                case CommandRejected rejected
                when rejected.command() instanceof ProcessBid(var _, var bid) -> ended.add(bid);
                default -> {}
            }
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(placed.toList());
    }

    private static void everyInvoiceIsWonOnce(List<Event> events) {
        assertThat(only(events, InvoiceFinanced.class))
                .extracting(InvoiceFinanced::invoiceId)
                .doesNotHaveDuplicates();
    }

    private static void onlyOpenBidsAreReserved(List<Event> events) {
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

    private static void committedIsApproved(List<Event> events) {
        var approved = only(events, InvoiceApproved.class).stream()
                .collect(toMap(event -> event.winningBid().bidId(), InvoiceApproved::soldPrice));
        assertThat(only(events, InvestorFundsCommitted.class).stream()
                        .collect(toMap(InvestorFundsCommitted::bidId, InvestorFundsCommitted::amount)))
                .isEqualTo(approved);
    }

    private static void nothingOfTheSagaIsRejected(List<Event> events) {
        assertThat(only(events, CommandRejected.class))
                .extracting(CommandRejected::command)
                .doesNotHaveAnyElementsOfTypes(ReleaseFunds.class, CommitFunds.class);
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

    private static <E> List<E> only(List<? extends Event> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
