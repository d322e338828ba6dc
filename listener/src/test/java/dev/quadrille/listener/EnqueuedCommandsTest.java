package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.catering.order.CatererId;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.OfferMenuRequest;
import dev.quadrille.proto.catering.v1.PlaceOrderRequest;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import java.time.Instant;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the domain will read of a call. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnqueuedCommandsTest {

    private static final UUID REQUEST = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UUID ISSUER = UUID.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final UUID INVESTOR = UUID.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final UUID INVOICE = UUID.fromString("0198c0de-0000-7000-8000-000000000004");
    private static final UUID CUSTOMER = UUID.fromString("0198c0de-0000-7000-8000-000000000005");
    private static final UUID DOCUMENT = UUID.fromString("0198c0de-0000-7000-8000-000000000006");
    private static final UUID REPORT = UUID.fromString("0198c0de-0000-7000-8000-000000000007");
    private static final UUID ORDER = UUID.fromString("0198c0de-0000-7000-8000-000000000008");
    private static final UUID MENU = UUID.fromString("0198c0de-0000-7000-8000-000000000009");
    private static final UUID CATERER = UUID.fromString("0198c0de-0000-7000-8000-00000000000a");
    private static final SellInvoiceRequest SELL = SellInvoiceRequest.newBuilder()
            .setRequestId(REQUEST.toString())
            .setIssuerId(ISSUER.toString())
            .setAskingPrice(Requests.money("EUR", 20, 500_000_000))
            .build();

    private final TestService service = new TestService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void an_invoice_to_sell() {
        var answer = service.stub().sellInvoice(SELL);

        assertThat(command())
                .isEqualTo(new SellInvoice(
                        new InvoiceId(UUID.fromString(answer.getInvoiceId())),
                        new IssuerId(ISSUER),
                        Money.parse("EUR 20.50")));
    }

    @Test
    void a_bid() {
        var answer = service.stub()
                .bidOnInvoice(BidOnInvoiceRequest.newBuilder()
                        .setInvestorId(INVESTOR.toString())
                        .setInvoiceId(INVOICE.toString())
                        .setAmount(Requests.money("JPY", 2_000, 0))
                        .build());

        assertThat(command())
                .isEqualTo(new BidOnInvoice(
                        new InvestorId(INVESTOR),
                        new BidId(UUID.fromString(answer.getBidId())),
                        new InvoiceId(INVOICE),
                        Money.parse("JPY 2000")));
    }

    @Test
    void an_approval() {
        service.stub()
                .approveFinancing(ApproveFinancingRequest.newBuilder()
                        .setInvoiceId(INVOICE.toString())
                        .build());

        assertThat(command()).isEqualTo(new ApproveFinancing(new InvoiceId(INVOICE)));
    }

    @Test
    void a_reversal() {
        service.stub()
                .reverseFinancing(ReverseFinancingRequest.newBuilder()
                        .setInvoiceId(INVOICE.toString())
                        .build());

        assertThat(command()).isEqualTo(new ReverseFinancing(new InvoiceId(INVOICE)));
    }

    @Test
    void a_document_to_issue() {
        var answer = service.billing()
                .issueDocument(IssueDocumentRequest.newBuilder()
                        .setCustomerId(CUSTOMER.toString())
                        .setTotalAmount(Requests.money("EUR", 20, 500_000_000))
                        .build());

        assertThat(command())
                .isEqualTo(new IssueDocument(
                        new DocumentId(UUID.fromString(answer.getDocumentId())),
                        new CustomerId(CUSTOMER),
                        Money.parse("EUR 20.50")));
    }

    @Test
    void a_document_to_void_by_a_process_with_the_id_of_the_command() {
        var answer = service.billing()
                .voidDocument(VoidDocumentRequest.newBuilder()
                        .setDocumentId(DOCUMENT.toString())
                        .build());

        assertThat(command())
                .isEqualTo(new VoidDocument(
                        new DocumentId(DOCUMENT), new ProcessId(UUID.fromString(answer.getProcessId()))));
        assertThat(answer.getCommandId()).isEqualTo(answer.getProcessId());
    }

    @Test
    void an_order_to_place_as_of_now() {
        var answer = service.catering()
                .placeOrder(PlaceOrderRequest.newBuilder()
                        .setCustomerId(CUSTOMER.toString())
                        .setOffersEndAt(Timestamp.newBuilder()
                                .setSeconds(4_000_000_000L)
                                .setNanos(500_000_000))
                        .build());

        assertThat(command())
                .isEqualTo(new PlaceOrder(
                        new OrderId(UUID.fromString(answer.getOrderId())),
                        new dev.quadrille.catering.order.CustomerId(CUSTOMER),
                        Instant.parse("2096-10-02T07:06:40.500Z"),
                        TestService.NOW));
    }

    @Test
    void P2_an_order_whose_offers_have_ended_is_the_domains_to_refuse() {
        var answer = service.catering()
                .placeOrder(PlaceOrderRequest.newBuilder()
                        .setCustomerId(CUSTOMER.toString())
                        .setOffersEndAt(Timestamp.getDefaultInstance())
                        .build());

        assertThat(command())
                .isEqualTo(new PlaceOrder(
                        new OrderId(UUID.fromString(answer.getOrderId())),
                        new dev.quadrille.catering.order.CustomerId(CUSTOMER),
                        Instant.EPOCH,
                        TestService.NOW));
    }

    @Test
    void a_menu_to_offer() {
        var answer = service.catering()
                .offerMenu(OfferMenuRequest.newBuilder()
                        .setOrderId(ORDER.toString())
                        .setCatererId(CATERER.toString())
                        .setDescription("Soup & bread")
                        .setPrice(Requests.money("EUR", 20, 500_000_000))
                        .build());

        assertThat(command())
                .isEqualTo(new OfferMenu(
                        new OrderId(ORDER),
                        new MenuId(UUID.fromString(answer.getMenuId())),
                        new CatererId(CATERER),
                        "Soup & bread",
                        Money.parse("EUR 20.50")));
    }

    @Test
    void a_menu_that_the_customer_confirms() {
        service.catering()
                .confirmMenuAsCustomer(ConfirmMenuAsCustomerRequest.newBuilder()
                        .setOrderId(ORDER.toString())
                        .setMenuId(MENU.toString())
                        .build());

        assertThat(command()).isEqualTo(new ConfirmMenuAsCustomer(new OrderId(ORDER), new MenuId(MENU)));
    }

    @Test
    void a_menu_that_its_caterer_confirms() {
        service.catering()
                .confirmMenuAsCaterer(ConfirmMenuAsCatererRequest.newBuilder()
                        .setOrderId(ORDER.toString())
                        .setMenuId(MENU.toString())
                        .build());

        assertThat(command()).isEqualTo(new ConfirmMenuAsCaterer(new OrderId(ORDER), new MenuId(MENU)));
    }

    @Test
    void a_menu_that_its_caterer_declines() {
        service.catering()
                .declineMenuAsCaterer(DeclineMenuAsCatererRequest.newBuilder()
                        .setOrderId(ORDER.toString())
                        .setMenuId(MENU.toString())
                        .build());

        assertThat(command()).isEqualTo(new DeclineMenuAsCaterer(new OrderId(ORDER), new MenuId(MENU)));
    }

    @Test
    void a_report_to_publish() {
        service.reports()
                .publishReport(PublishReportRequest.newBuilder()
                        .setCustomerId(CUSTOMER.toString())
                        .setReportId(REPORT.toString())
                        .build());

        assertThat(command()).isEqualTo(new PublishReport(new CustomerReportsId(CUSTOMER), new ReportId(REPORT)));
    }

    @Test
    @Tag("C2.13")
    void a_command_begins_a_lineage() {
        var traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        var answer = service.traced(traceparent).sellInvoice(SELL);

        var id = UUID.fromString(answer.getCommandId());
        var stream = new InvoiceId(UUID.fromString(answer.getInvoiceId())).stream();
        assertThat(envelope())
                .isEqualTo(new CommandEnvelope(
                        id,
                        REQUEST,
                        stream,
                        TestService.NOW,
                        new Lineage(id, id, traceparent),
                        envelope().message()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "once upon a time",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-and-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void a_trace_begins_here_unless_a_well_formed_one_comes_with_the_call(String traceparent) {
        service.traced(traceparent).sellInvoice(SELL);
        service.stub().sellInvoice(SELL);

        assertThat(service.enqueued())
                .extracting(command -> command.lineage().traceparent())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(begun -> begun.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"))
                .doesNotContain(traceparent);
    }

    private CommandEnvelope envelope() {
        assertThat(service.enqueued()).hasSize(1);
        return service.enqueued().getFirst();
    }

    private Object command() {
        return Installation.codec().decode(envelope().message());
    }
}
