package dev.quadrille.financing.investor;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.financing.investor.Investor.Account;
import dev.quadrille.financing.investor.Investor.Unknown;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.Money;

/**
 * A bid reserves its amount out of the balance; what is reserved for a bid is released or committed, in parts or whole,
 * and never more than it.
 */
public final class InvestorDecider implements Decider<InvestorCommand, Investor, InvestorEvent> {

    private InvestorDecider() {}

    /** Investors as the handler hosts them. */
    public static Aggregate<InvestorCommand, ?, InvestorEvent> aggregate() {
        return new Aggregate<>(InvestorId.CATEGORY, InvestorCommand.class, InvestorEvent.class, new InvestorDecider());
    }

    @Override
    public Investor initial() {
        return new Unknown();
    }

    @Override
    public Investor evolve(Investor investor, InvestorEvent event) {
        return switch (event) {
            case InvestorCreated(var _, var _, var currency)
            when investor instanceof Unknown -> new Account(Money.zero(currency), Map.of());
            case InvestorCreated _ -> throw new IllegalStateException(event + " can't follow on " + investor);
            case InvestorFundsAdded(var _, var amount) ->
                account(investor, event).deposit(amount);
            case BidOnInvoicePlaced(var _, var _, var bid, var amount) ->
                account(investor, event).reserve(bid, amount);
            case InvestorFundsReleased(var _, var bid, var amount) ->
                account(investor, event).release(bid, amount);
            case InvestorFundsCommitted(var _, var bid, var amount) ->
                account(investor, event).spend(bid, amount);
        };
    }

    private static Account account(Investor investor, InvestorEvent event) {
        return switch (investor) {
            case Account account -> account;
            case Unknown _ -> throw new IllegalStateException(event + " can't be the first event of an investor");
        };
    }

    @Override
    public Decision<InvestorEvent> decide(Investor investor, InvestorCommand command, Set<StreamId> existing) {
        return switch (command) {
            case CreateInvestor create -> create(investor, create);
            case BidOnInvoice bid -> bid(investor, bid);
            case ReleaseFunds(var id, var bid, var amount) ->
                take(investor, command, bid, amount, new InvestorFundsReleased(id, bid, amount));
            case CommitFunds(var id, var bid, var amount) ->
                take(investor, command, bid, amount, new InvestorFundsCommitted(id, bid, amount));
        };
    }

    private static Decision<InvestorEvent> create(Investor investor, CreateInvestor create) {
        var balance = create.balance();
        var created = new InvestorCreated(create.investorId(), create.name(), balance.getCurrencyUnit());
        return switch (investor) {
            case Account _ -> alreadyTrue();
            case Unknown _ when balance.isZero() -> accept(created);
            case Unknown _ -> accept(List.of(created, new InvestorFundsAdded(create.investorId(), balance)));
        };
    }

    private static Decision<InvestorEvent> bid(Investor investor, BidOnInvoice bid) {
        return switch (investor) {
            case Unknown _ -> notFound(bid);
            case Account(var _, var reservations) when reservations.containsKey(bid.bidId()) -> alreadyTrue();
            case Account(var balance, var _)
            when !bid.amount().isSameCurrency(balance) -> currencyMismatch(bid.amount(), balance);
            case Account(var balance, var _)
            when balance.isLessThan(bid.amount()) ->
                reject("INSUFFICIENT_FUNDS", "A bid of " + bid.amount() + " is more than the balance of " + balance);
            case Account _ ->
                accept(new BidOnInvoicePlaced(bid.investorId(), bid.invoiceId(), bid.bidId(), bid.amount()));
        };
    }

    private static Decision<InvestorEvent> take(
            Investor investor, InvestorCommand command, BidId bid, Money amount, InvestorEvent taken) {
        return switch (investor) {
            case Unknown _ -> notFound(command);
            case Account account
            when !amount.isSameCurrency(account.balance()) -> currencyMismatch(amount, account.balance());
            case Account account
            when account.reservedFor(bid).isLessThan(amount) ->
                reject(
                        "RESERVATION_EXCEEDED",
                        amount + " is more than the " + account.reservedFor(bid) + " reserved for bid " + bid.value());
            case Account _ -> accept(taken);
        };
    }

    private static Decision<InvestorEvent> notFound(InvestorCommand command) {
        return reject(
                "INVESTOR_NOT_FOUND",
                "There is no investor " + command.investorId().value());
    }

    private static Decision<InvestorEvent> currencyMismatch(Money amount, Money balance) {
        return reject("CURRENCY_MISMATCH", amount + " is not in the account's currency, " + balance.getCurrencyUnit());
    }
}
