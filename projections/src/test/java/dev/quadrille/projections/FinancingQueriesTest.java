package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.grpc.WireMoney;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.GetBidRequest;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.GetInvoiceRequest;
import dev.quadrille.proto.financing.v1.GetIssuerRequest;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.Issuer;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import dev.quadrille.proto.financing.v1.WinningBid;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FinancingQueriesTest {

    @AutoClose
    private final QuerySide side;

    FinancingQueriesTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
    }

    @Nested
    class Investors {

        @Test
        void two_are_created_with_nothing_on_their_accounts() {
            var first = new Story();
            var second = new Story();
            side.project(first.ofInvestor(first.investorCreated()));
            side.project(second.ofInvestor(second.investorCreated()));

            assertThat(investors(first, second))
                    .containsExactlyInAnyOrder(investor(first, 0, 0, 0), investor(second, 0, 0, 0));
        }

        @Test
        void funds_add_up() {
            var story = new Story();
            side.project(story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30)));

            assertThat(get(story)).isEqualTo(investor(story, 50, 0, 0));
        }

        @Test
        void a_winning_bid_reserves_the_asking_price() {
            var story = new Story();
            side.project(Life.WON.events(story));

            assertThat(get(story)).isEqualTo(investor(story, 15, 15, 0));
        }

        @Test
        void an_approved_one_is_committed() {
            var story = new Story();
            side.project(Life.COMMITTED.events(story));

            assertThat(get(story)).isEqualTo(investor(story, 15, 0, 15));
        }

        @Test
        void a_reversed_one_is_released() {
            var story = new Story();
            side.project(Life.RELEASED.events(story));

            assertThat(get(story)).isEqualTo(investor(story, 30, 0, 0));
        }

        @Test
        void ids_that_nobody_used_are_not_found() {
            var id = UUID.randomUUID().toString();

            assertThat(side.queries()
                            .listInvestors(ListInvestorsRequest.newBuilder()
                                    .addInvestorIds(id)
                                    .build())
                            .getInvestorsList())
                    .isEmpty();
            assertThat(Refusal.of(() -> side.queries()
                            .getInvestor(GetInvestorRequest.newBuilder()
                                    .setInvestorId(id)
                                    .build())))
                    .isEqualTo(new Refusal(NOT_FOUND, "INVESTOR_NOT_FOUND", List.of()));
        }

        @Test
        void an_account_is_shown_once_it_is_open() {
            var story = new Story();
            side.project(story.ofInvestor(story.fundsAdded(20)));

            assertThat(investors(story)).isEmpty();
        }

        private Investor get(Story story) {
            return side.queries()
                    .getInvestor(GetInvestorRequest.newBuilder()
                            .setInvestorId(story.investor.value().toString())
                            .build())
                    .getInvestor();
        }

        private List<Investor> investors(Story... stories) {
            return side.queries()
                    .listInvestors(ListInvestorsRequest.newBuilder()
                            .addAllInvestorIds(Stream.of(stories)
                                    .map(story -> story.investor.value().toString())
                                    .toList())
                            .build())
                    .getInvestorsList();
        }
    }

    @Nested
    class Invoices {

        @Test
        void a_created_one_is_available_without_a_bid() {
            var story = new Story();
            side.project(story.ofInvoice(story.invoiceCreated()));

            assertThat(get(story)).isEqualTo(available(story).build());
        }

        @ParameterizedTest
        @EnumSource(names = {"WON", "COMMITTED", "RELEASED"})
        void a_sold_one_has_its_status_and_the_winning_bid(Life life) {
            var story = new Story();
            side.project(life.events(story));

            assertThat(get(story))
                    .isEqualTo(available(story)
                            .setStatus(
                                    switch (life) {
                                        case WON -> InvoiceStatus.INVOICE_STATUS_FINANCED;
                                        case COMMITTED -> InvoiceStatus.INVOICE_STATUS_APPROVED;
                                        default -> InvoiceStatus.INVOICE_STATUS_REVERSED;
                                    })
                            .setWinningBid(WinningBid.newBuilder()
                                    .setBidId(story.bid.value().toString())
                                    .setInvestorId(story.investor.value().toString())
                                    .setAmount(WireMoney.toWire(eur(20))))
                            .build());
        }

        @Test
        void they_are_listed_by_issuer_by_winner_and_by_status() {
            var open = new Story();
            var won = new Story();
            side.project(Life.PLACED.events(open));
            side.project(Life.WON.events(won));

            assertThat(list(ListInvoicesRequest.newBuilder())).hasSize(2);
            assertThat(list(ListInvoicesRequest.newBuilder()
                            .setIssuerId(open.issuer.value().toString())))
                    .containsExactly(get(open));
            assertThat(list(ListInvoicesRequest.newBuilder()
                            .setInvestorId(won.investor.value().toString())))
                    .containsExactly(get(won));
            assertThat(list(ListInvoicesRequest.newBuilder()
                            .setInvestorId(open.investor.value().toString())))
                    .isEmpty();
            assertThat(list(ListInvoicesRequest.newBuilder().setStatus(InvoiceStatus.INVOICE_STATUS_FINANCED)))
                    .containsExactly(get(won));
            assertThat(list(ListInvoicesRequest.newBuilder()
                            .setIssuerId(won.issuer.value().toString())
                            .setStatus(InvoiceStatus.INVOICE_STATUS_AVAILABLE)))
                    .isEmpty();
        }

        @Test
        void an_id_that_nobody_used_is_not_found() {
            assertThat(Refusal.of(() -> get(new Story())))
                    .isEqualTo(new Refusal(NOT_FOUND, "INVOICE_NOT_FOUND", List.of()));
        }

        private Invoice.Builder available(Story story) {
            return Invoice.newBuilder()
                    .setInvoiceId(story.invoice.value().toString())
                    .setIssuerId(story.issuer.value().toString())
                    .setAskingPrice(WireMoney.toWire(eur(15)))
                    .setStatus(InvoiceStatus.INVOICE_STATUS_AVAILABLE);
        }

        private Invoice get(Story story) {
            return side.queries()
                    .getInvoice(GetInvoiceRequest.newBuilder()
                            .setInvoiceId(story.invoice.value().toString())
                            .build())
                    .getInvoice();
        }

        private List<Invoice> list(ListInvoicesRequest.Builder request) {
            return side.queries().listInvoices(request.build()).getInvoicesList();
        }
    }

    @Nested
    class Issuers {

        @Test
        void one_is_shown_and_listed_with_its_name() {
            var story = new Story();
            var other = new Story();
            side.project(story.ofIssuer());
            side.project(other.ofIssuer());

            var issuer = Issuer.newBuilder()
                    .setIssuerId(story.issuer.value().toString())
                    .setName("Issuer " + story.issuer.value())
                    .build();
            assertThat(get(story)).isEqualTo(issuer);
            assertThat(side.queries()
                            .listIssuers(ListIssuersRequest.newBuilder()
                                    .addIssuerIds(issuer.getIssuerId())
                                    .build())
                            .getIssuersList())
                    .containsExactly(issuer);
        }

        @Test
        void an_id_that_nobody_used_is_not_found() {
            assertThat(Refusal.of(() -> get(new Story())))
                    .isEqualTo(new Refusal(NOT_FOUND, "ISSUER_NOT_FOUND", List.of()));
        }

        private Issuer get(Story story) {
            return side.queries()
                    .getIssuer(GetIssuerRequest.newBuilder()
                            .setIssuerId(story.issuer.value().toString())
                            .build())
                    .getIssuer();
        }
    }

    @Nested
    class Bids {

        @ParameterizedTest
        @EnumSource
        void each_end_of_a_bid_is_shown(Life life) {
            var story = new Story();
            side.project(life.events(story));

            assertThat(get(story)).isEqualTo(bid(story, life));
        }

        @Test
        void they_are_listed_by_investor_by_invoice_and_by_status() {
            var won = new Story();
            var lost = new Story();
            side.project(Life.WON.events(won));
            side.project(Life.REJECTED.events(lost));

            assertThat(list(ListBidsRequest.newBuilder())).hasSize(2);
            assertThat(list(ListBidsRequest.newBuilder()
                            .setInvestorId(won.investor.value().toString())))
                    .containsExactly(bid(won, Life.WON));
            assertThat(list(ListBidsRequest.newBuilder()
                            .setInvoiceId(lost.invoice.value().toString())))
                    .containsExactly(bid(lost, Life.REJECTED));
            assertThat(list(ListBidsRequest.newBuilder().setStatus(BidStatus.BID_STATUS_REJECTED)))
                    .containsExactly(bid(lost, Life.REJECTED));
            assertThat(list(ListBidsRequest.newBuilder()
                            .setInvestorId(won.investor.value().toString())
                            .setStatus(BidStatus.BID_STATUS_PLACED)))
                    .isEmpty();
        }

        @Test
        void one_is_shown_once_it_is_placed() {
            var story = new Story();
            side.project(story.ofInvoice(story.invoiceCreated(), story.financed()));

            assertThat(Refusal.of(() -> get(story))).isEqualTo(new Refusal(NOT_FOUND, "BID_NOT_FOUND", List.of()));
            assertThat(list(ListBidsRequest.newBuilder())).isEmpty();
        }

        private Bid bid(Story story, Life life) {
            return Bid.newBuilder()
                    .setBidId(story.bid.value().toString())
                    .setInvestorId(story.investor.value().toString())
                    .setInvoiceId(story.invoice.value().toString())
                    .setAmount(WireMoney.toWire(eur(20)))
                    .setStatus(BidStatus.valueOf("BID_STATUS_" + life.bid()))
                    .setReason(life.reason)
                    .build();
        }

        private Bid get(Story story) {
            return side.queries()
                    .getBid(GetBidRequest.newBuilder()
                            .setBidId(story.bid.value().toString())
                            .build())
                    .getBid();
        }

        private List<Bid> list(ListBidsRequest.Builder request) {
            return side.queries().listBids(request.build()).getBidsList();
        }
    }

    @Nested
    class Pages {

        @Test
        void they_follow_each_other_by_ascending_id_whatever_changes_meanwhile() {
            var first = stories(10);
            first.forEach(story -> side.project(story.ofInvoice(story.invoiceCreated())));
            var told = new ArrayList<String>();
            var token = "";
            do {
                var page = side.queries()
                        .listInvoices(ListInvoicesRequest.newBuilder()
                                .setPageSize(3)
                                .setPageToken(token)
                                .build());
                page.getInvoicesList().forEach(invoice -> told.add(invoice.getInvoiceId()));
                token = page.getNextPageToken();
                stories(2).forEach(story -> side.project(story.ofInvoice(story.invoiceCreated())));
                first.forEach(story -> side.project(story.ofInvoice(story.invoiceCreated(), story.financed())));
            } while (!token.isEmpty());

            assertThat(told).isSorted().doesNotHaveDuplicates().containsAll(ids(first));
        }

        @Test
        void a_page_has_100_rows_unless_asked_and_never_more_than_1000() {
            side.project(stories(1_001).stream()
                    .flatMap(story -> story.ofIssuer().stream())
                    .toList());

            assertThat(page(0).getIssuersCount()).isEqualTo(100);
            assertThat(page(1_000_000).getIssuersCount()).isEqualTo(1_000);
            assertThat(page(1_000_000).getNextPageToken()).isNotEmpty();
        }

        private dev.quadrille.proto.financing.v1.ListIssuersResponse page(int size) {
            return side.queries()
                    .listIssuers(
                            ListIssuersRequest.newBuilder().setPageSize(size).build());
        }

        @Test
        void the_last_page_has_no_token_also_when_it_is_full() {
            stories(2).forEach(story -> side.project(story.ofIssuer()));

            assertThat(page(2).getIssuersCount()).isEqualTo(2);
            assertThat(page(2).getNextPageToken()).isEmpty();
        }

        @Test
        void a_token_of_another_list_or_with_other_filters_is_refused() {
            stories(2).forEach(story -> side.project(story.ofIssuer()));
            var token = page(1).getNextPageToken();

            assertThat(Refusal.of(() -> side.queries()
                            .listInvestors(ListInvestorsRequest.newBuilder()
                                    .setPageToken(token)
                                    .build())))
                    .isEqualTo(badToken());
            assertThat(Refusal.of(() -> side.queries()
                            .listIssuers(ListIssuersRequest.newBuilder()
                                    .addIssuerIds(UUID.randomUUID().toString())
                                    .setPageToken(token)
                                    .build())))
                    .isEqualTo(badToken());
        }

        private static Refusal badToken() {
            return new Refusal(INVALID_ARGUMENT, "INVALID_REQUEST", List.of("page_token"));
        }

        private static List<Story> stories(int count) {
            return Stream.generate(Story::new).limit(count).toList();
        }

        private static List<String> ids(List<Story> stories) {
            return stories.stream()
                    .map(story -> story.invoice.value().toString())
                    .toList();
        }
    }

    private static Investor investor(Story story, int balance, int reserved, int committed) {
        return Investor.newBuilder()
                .setInvestorId(story.investor.value().toString())
                .setName("Investor " + story.investor.value())
                .setBalance(WireMoney.toWire(eur(balance)))
                .setReserved(WireMoney.toWire(eur(reserved)))
                .setCommitted(WireMoney.toWire(eur(committed)))
                .build();
    }
}
