package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.available;
import static dev.quadrille.acceptance.Expected.bid;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.Expected.taken;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_PLACED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_RELEASED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_APPROVED;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_AVAILABLE;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_REVERSED;
import static java.math.BigDecimal.ZERO;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.FinancingEvent;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoiceRejected;
import dev.quadrille.acceptance.support.FinancingEvent.CommandRejected;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsAdded;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsCommitted;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsReleased;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceApproved;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceReversed;
import dev.quadrille.acceptance.support.FinancingEvent.IssuerCreated;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What events make of accounts, invoices and bids, added up without any of the product's code: what the query side must
 * show, and what the laws of the money are held against. A stream that was not heard from its beginning is left out.
 */
final class Books {

    private final Map<String, Long> versions = new HashMap<>();
    private final Set<List<Object>> effects = new HashSet<>();
    private final Map<UUID, Account> accounts = new HashMap<>();
    private final Map<UUID, Invoice> invoices = new HashMap<>();
    private final Map<UUID, Bid> bids = new HashMap<>();
    private final Map<String, BigDecimal> askingPrices = new HashMap<>();

    /**
     * Adds up events in the order of the bus.
     *
     * @throws AssertionError if an event of a stream is missing or out of order (P4), a message has had an effect twice
     *     (P2), or anyone has less than nothing
     */
    static Books of(List<CloudEvent> events) {
        var books = new Books();
        events.forEach(books::add);
        return books;
    }

    /** Holds everything against the laws of what is at rest. */
    void keepTheLaws() {
        assertThat(bids.values()).extracting(Bid::getStatus).doesNotContain(BID_STATUS_PLACED);
        accounts.forEach((id, account) -> {
            assertThat(account.reserved).as("reserved by %s", id).isEqualTo(prices(id, BID_STATUS_WON));
            assertThat(account.committed).as("committed by %s", id).isEqualTo(prices(id, BID_STATUS_COMMITTED));
            assertThat(account.balance.add(sum(account.reserved)).add(sum(account.committed)))
                    .as("balance, reserved and committed of %s", id)
                    .isEqualTo(account.added);
        });
    }

    /** Holds the query side against them. */
    void areShownBy(Scenario scenario) {
        accounts.forEach((id, account) -> assertThat(scenario.investor(id)).isEqualTo(account.shown(id)));
        invoices.forEach((id, invoice) -> {
            assertThat(scenario.invoice(id)).isEqualTo(invoice);
            assertThat(scenario.bidsOn(id)).containsExactlyInAnyOrderElementsOf(bidsOn(id));
        });
    }

    /** Of how many investors the query side shows something else. */
    long wrongBalances(Scenario scenario) {
        return accounts.entrySet().stream()
                .filter(account -> !scenario.investor(account.getKey())
                        .equals(account.getValue().shown(account.getKey())))
                .count();
    }

    /** How far each stream has come. */
    Map<String, Long> versions() {
        return versions;
    }

    /** How many bids have this status. */
    long bids(BidStatus status) {
        return bids.values().stream().filter(bid -> bid.getStatus() == status).count();
    }

    private List<Bid> bidsOn(UUID invoice) {
        return bids.values().stream()
                .filter(bid -> bid.getInvoiceId().equals(invoice.toString()))
                .toList();
    }

    private Map<UUID, BigDecimal> prices(UUID investor, BidStatus status) {
        return bids.entrySet().stream()
                .filter(bid -> bid.getValue().getStatus() == status
                        && bid.getValue().getInvestorId().equals(investor.toString()))
                .collect(toMap(
                        Map.Entry::getKey,
                        bid -> askingPrices.get(bid.getValue().getInvoiceId())));
    }

    private void add(CloudEvent envelope) {
        var event = envelope.event();
        var known = versions.getOrDefault(event.subject(), 0L);
        if (known > 0 || envelope.version() == 1) {
            assertThat(envelope.version())
                    .as("version of the next in %s", event.subject())
                    .isEqualTo(known + 1);
            versions.put(event.subject(), envelope.version());
            assertThat(effects.add(List.of(envelope.causationId(), event.type())))
                    .as("%s is the first %s that %s has caused", envelope.id(), event.type(), envelope.causationId())
                    .isTrue();
            add(event);
        }
    }

    private void add(FinancingEvent event) {
        switch (event) {
            case IssuerCreated(var _, var _) -> {}
            case InvestorCreated(var id, var _, var currency) -> accounts.put(id, new Account(currency));
            case InvestorFundsAdded(var id, var amount) -> account(id).add(amount.value());
            case BidOnInvoicePlaced(var id, var invoice, var bid, var amount) -> {
                account(id).reserve(bid, amount.value());
                bids.put(bid, bid(bid, id, invoice, amount, BID_STATUS_PLACED, ""));
            }
            case InvestorFundsReleased(var id, var bid, var amount) ->
                account(id).release(bid, amount.value());
            case InvestorFundsCommitted(var id, var bid, var amount) ->
                account(id).commit(bid, amount.value());
            case InvoiceCreated(var id, var issuer, var price) -> {
                invoices.put(id, available(id, issuer, price));
                askingPrices.put(id.toString(), price.value());
            }
            case InvoiceFinanced(var id, var _, var winner) ->
                sold(id, INVOICE_STATUS_AVAILABLE, INVOICE_STATUS_FINANCED, winner, BID_STATUS_WON);
            case InvoiceApproved(var id, var _, var winner) ->
                sold(id, INVOICE_STATUS_FINANCED, INVOICE_STATUS_APPROVED, winner, BID_STATUS_COMMITTED);
            case InvoiceReversed(var id, var _, var winner) ->
                sold(id, INVOICE_STATUS_FINANCED, INVOICE_STATUS_REVERSED, winner, BID_STATUS_RELEASED);
            case BidOnInvoiceRejected(var _, var bid, var reason) -> ends(bid.bidId(), BID_STATUS_REJECTED, reason);
            case CommandRejected rejected -> {
                if (rejected.commandType().equals("financing.ProcessBid.v1")) {
                    var bid = rejected.command().get("bid").get("bidId").asString();
                    ends(UUID.fromString(bid), BID_STATUS_REJECTED, rejected.reason());
                }
            }
        }
    }

    private Account account(UUID id) {
        return requireNonNull(accounts.get(id), "no account");
    }

    private void sold(UUID id, InvoiceStatus before, InvoiceStatus status, FinancingEvent.Bid winner, BidStatus end) {
        invoices.computeIfPresent(id, (_, invoice) -> {
            assertThat(invoice.getStatus())
                    .as("status of %s before %s", id, status)
                    .isEqualTo(before);
            return taken(status, invoice, winner);
        });
        ends(winner.bidId(), end, "");
    }

    private void ends(UUID id, BidStatus status, String reason) {
        bids.computeIfPresent(
                id,
                (_, bid) -> bid.toBuilder().setStatus(status).setReason(reason).build());
    }

    private static BigDecimal sum(Map<UUID, BigDecimal> amounts) {
        return amounts.values().stream().reduce(ZERO, BigDecimal::add);
    }

    /** Whose reservations and commitments are kept by bid. */
    private static final class Account {

        private final String currency;
        private final Map<UUID, BigDecimal> reserved = new HashMap<>();
        private final Map<UUID, BigDecimal> committed = new HashMap<>();
        private BigDecimal balance;
        private BigDecimal added;

        Account(String currency) {
            this.currency = currency;
            balance = ZERO.setScale(Currency.getInstance(currency).getDefaultFractionDigits());
            added = balance;
        }

        void add(BigDecimal amount) {
            added = added.add(amount);
            balance = balance.add(amount);
        }

        void reserve(UUID bid, BigDecimal amount) {
            balance = balance.subtract(amount);
            assertThat(balance).isNotNegative();
            assertThat(reserved.put(bid, amount))
                    .as("what %s has reserved before", bid)
                    .isNull();
        }

        void release(UUID bid, BigDecimal amount) {
            spend(bid, amount);
            balance = balance.add(amount);
        }

        void commit(UUID bid, BigDecimal amount) {
            spend(bid, amount);
            committed.merge(bid, amount, BigDecimal::add);
        }

        private void spend(UUID bid, BigDecimal amount) {
            var left = requireNonNull(reserved.get(bid), "nothing is reserved").subtract(amount);
            assertThat(left).as("left of what %s has reserved", bid).isNotNegative();
            if (left.signum() == 0) {
                reserved.remove(bid);
            } else {
                reserved.put(bid, left);
            }
        }

        Investor shown(UUID id) {
            return investor(
                    id,
                    Amount.of(currency, balance),
                    Amount.of(currency, sum(reserved)),
                    Amount.of(currency, sum(committed)));
        }
    }
}
