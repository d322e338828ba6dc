package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
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
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
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
