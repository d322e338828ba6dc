package dev.quadrille.domain;

import static dev.quadrille.billing.Examples.CUSTOMER;
import static dev.quadrille.billing.Examples.DOCUMENT;
import static dev.quadrille.billing.Examples.PROCESS;
import static dev.quadrille.catering.Examples.ASKED_AT;
import static dev.quadrille.catering.Examples.CATERER;
import static dev.quadrille.catering.Examples.MENU;
import static dev.quadrille.catering.Examples.OFFERS_END_AT;
import static dev.quadrille.catering.Examples.ORDER;
import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.reports.Examples.REPORT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.catering.OfferPeriodEnded;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.ConfirmOrder;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ExpireOrder;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CatererDeclinedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.MenuOffered;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.demo.SwitchesCommand.SetDemo;
import dev.quadrille.demo.SwitchesCommand.SetSlowDown;
import dev.quadrille.demo.SwitchesEvent.DemoSet;
import dev.quadrille.demo.SwitchesEvent.SlowDownSet;
import dev.quadrille.demo.SwitchesId;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidRejectionReason;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.financing.registering.Registered.IssuerRegistered;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.parking.InterventionCommand.Discard;
import dev.quadrille.parking.InterventionCommand.Replay;
import dev.quadrille.parking.InterventionEvent.DiscardRequested;
import dev.quadrille.parking.InterventionEvent.ReplayRequested;
import dev.quadrille.parking.InterventionId;
import dev.quadrille.parking.Selection;
import dev.quadrille.reports.customer.CustomerReportsCommand.AddDocument;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.voiding.AnswerOverdue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesTest {

    private static final Codec CODEC = Installation.codec();
    private static final Bid BID_OF_20 = new Bid(BID, INVESTOR, eur(20));
    private static final SellInvoice SELL = new SellInvoice(INVOICE, ISSUER, eur(10));

    private static final VoidDocument VOID = new VoidDocument(DOCUMENT, PROCESS);
    private static final CustomerReportsId REPORTED = new CustomerReportsId(CUSTOMER.value());
    private static final PublishReport PUBLISH = new PublishReport(REPORTED, REPORT);
    private static final ConfirmMenuAsCustomer CONFIRM_MENU = new ConfirmMenuAsCustomer(ORDER, MENU);

    private static final dev.quadrille.kernel.process.ProcessId VOIDING =
            new dev.quadrille.kernel.process.ProcessId(PROCESS.value());
    private static final UUID VOIDING_KEY = UUID.fromString("b7a1b8a6-0a3f-4f0e-8a1e-6d5f3a2c9e01");
    private static final Happened REQUESTED = Happened.referringTo(
            new EventRef(UUID.fromString("f5000000-0000-4000-8000-000000000001"), DOCUMENT.stream(), 2),
            "billing.DocumentVoidingRequested.v1");
    private static final AcknowledgeProcessFailure ACKNOWLEDGE = new AcknowledgeProcessFailure(VOIDING);
    private static final SetDemo SET_DEMO = new SetDemo(SwitchesId.ALL, true);

    private static final InterventionId INTERVENTION =
            new InterventionId(UUID.fromString("d0000000-0000-4000-8000-000000000001"));
    private static final UUID PARKED = UUID.fromString("d0000000-0000-4000-8000-000000000002");
    private static final Selection ONE = new Selection(Selection.By.ID, PARKED.toString());
    private static final Discard DISCARD = new Discard(INTERVENTION, PARKED, "Sold by phone");

    /** What each sample says. A sample of something that was ever written is never changed. */
    private static final Map<String, Object> SAMPLES = samples(List.of(
            new CreateIssuer(ISSUER, "Harbor & Sons"),
            new CreateInvestor(INVESTOR, "Ada", eur(100)),
            new BidOnInvoice(INVESTOR, BID, INVOICE, eur(20)),
            new ReleaseFunds(INVESTOR, BID, eur(10)),
            new CommitFunds(INVESTOR, BID, eur(10)),
            SELL,
            new ProcessBid(INVOICE, BID_OF_20),
            new ApproveFinancing(INVOICE),
            new ReverseFinancing(INVOICE),
            new IssuerCreated(ISSUER, "Harbor & Sons"),
            new InvestorCreated(INVESTOR, "Ada", CurrencyUnit.EUR),
            new InvestorFundsAdded(INVESTOR, eur(100)),
            new BidOnInvoicePlaced(INVESTOR, INVOICE, BID, eur(20)),
            new InvestorFundsReleased(INVESTOR, BID, eur(10)),
            new InvestorFundsCommitted(INVESTOR, BID, eur(10)),
            new InvoiceCreated(INVOICE, ISSUER, eur(10)),
            new InvoiceFinanced(INVOICE, eur(10), BID_OF_20),
            new BidOnInvoiceRejected(INVOICE, BID_OF_20, BidRejectionReason.BID_TOO_LOW),
            new InvoiceApproved(INVOICE, eur(10), BID_OF_20),
            new InvoiceReversed(INVOICE, eur(10), BID_OF_20),
            new IssuerRegistered(ISSUER, "Harbor & Sons"),
            new InvestorRegistered(INVESTOR, "Ada", eur(100)),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000001"),
                    "financing.SellInvoice.v1",
                    INVOICE.stream(),
                    "ISSUER_NOT_FOUND",
                    "There is no issuer a0000000-0000-4000-8000-000000000001",
                    SELL),
            new IssueDocument(DOCUMENT, CUSTOMER, eur(10)),
            VOID,
            new CompleteDocumentVoiding(DOCUMENT, PROCESS),
            new AbortDocumentVoiding(DOCUMENT, PROCESS),
            new ReopenDocumentForVoiding(DOCUMENT, PROCESS),
            new DocumentIssued(DOCUMENT, CUSTOMER, eur(10)),
            new DocumentVoidingRequested(DOCUMENT, CUSTOMER, PROCESS),
            new DocumentVoided(DOCUMENT, PROCESS),
            new DocumentVoidingAborted(DOCUMENT, PROCESS),
            new DocumentVoidingFailureAcknowledged(DOCUMENT, PROCESS),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000003"),
                    "billing.VoidDocument.v1",
                    DOCUMENT.stream(),
                    "DOCUMENT_NOT_FOUND",
                    "There is no document f1000000-0000-4000-8000-000000000001",
                    VOID),
            new AddDocument(REPORTED, DOCUMENT, REPORT, eur(10)),
            PUBLISH,
            new MarkDocumentAsVoided(REPORTED, DOCUMENT, PROCESS),
            new DocumentAddedToReport(REPORTED, REPORT, DOCUMENT, eur(10), false),
            new ReportPublished(REPORTED, REPORT),
            new MarkingDocumentAsVoidedSucceeded(REPORTED, DOCUMENT, PROCESS),
            new MarkingDocumentAsVoidedFailed(REPORTED, DOCUMENT, PROCESS, REPORT),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000004"),
                    "reports.PublishReport.v1",
                    REPORTED.stream(),
                    "REPORT_NOT_FOUND",
                    "Customer f2000000-0000-4000-8000-000000000001 has no report f4000000-0000-4000-8000-000000000001",
                    PUBLISH),
            new PlaceOrder(ORDER, dev.quadrille.catering.Examples.CUSTOMER, OFFERS_END_AT, ASKED_AT),
            new OfferMenu(ORDER, MENU, CATERER, "Soup & bread", eur(10)),
            CONFIRM_MENU,
            new ConfirmMenuAsCaterer(ORDER, MENU),
            new DeclineMenuAsCaterer(ORDER, MENU),
            new ConfirmOrder(ORDER, MENU),
            new ExpireOrder(ORDER),
            new OrderPlaced(ORDER, dev.quadrille.catering.Examples.CUSTOMER, OFFERS_END_AT),
            new MenuOffered(ORDER, MENU, CATERER, "Soup & bread", eur(10)),
            new CustomerConfirmedMenu(ORDER, MENU),
            new CatererConfirmedMenu(ORDER, MENU),
            new CatererDeclinedMenu(ORDER, MENU),
            new OrderConfirmed(ORDER, MENU),
            new OrderExpired(ORDER),
            new OfferPeriodEnded(ORDER),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000007"),
                    "catering.ConfirmMenuAsCustomer.v1",
                    ORDER.stream(),
                    "MENU_NOT_FOUND",
                    "Order f6000000-0000-4000-8000-000000000001 has no menu f7000000-0000-4000-8000-000000000001",
                    CONFIRM_MENU),
            new HandleEvent(VOIDING, VOIDING_KEY, REQUESTED),
            new ReachDeadline(VOIDING, 1, 0, Instant.parse("2026-02-28T23:59:59.999999Z")),
            ACKNOWLEDGE,
            new RetryNow(VOIDING),
            new AnswerOverdue(DOCUMENT),
            new ProcessStepTaken(
                    VOIDING,
                    VOIDING_KEY,
                    "document-voiding",
                    REQUESTED,
                    List.of(new MarkDocumentAsVoided(REPORTED, DOCUMENT, PROCESS)),
                    List.of(Schedule.after(Duration.ofSeconds(30), new AnswerOverdue(DOCUMENT))),
                    false,
                    Status.of("VoidingRequested", DOCUMENT.stream().toString())
                            .waiting("Reports to mark the document")),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000005"),
                    "process.AcknowledgeProcessFailure.v1",
                    VOIDING.stream(),
                    "PROCESS_NOT_FAILED",
                    "Nothing of it waits for an acknowledgement",
                    ACKNOWLEDGE),
            SET_DEMO,
            new SetSlowDown(SwitchesId.ALL, Duration.ofSeconds(3)),
            new DemoSet(SwitchesId.ALL, true),
            new SlowDownSet(SwitchesId.ALL, Duration.ofSeconds(3)),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000006"),
                    "demo.SetDemo.v1",
                    SwitchesId.ALL.stream(),
                    "REQUEST_ID_REUSED",
                    "The request id was used for another request",
                    SET_DEMO),
            new Replay(INTERVENTION, ONE),
            DISCARD,
            new ReplayRequested(INTERVENTION, ONE),
            new DiscardRequested(INTERVENTION, PARKED, "Sold by phone"),
            new CommandRejected(
                    UUID.fromString("e0000000-0000-4000-8000-000000000002"),
                    "parking.Discard.v1",
                    INTERVENTION.stream(),
                    "REQUEST_ID_REUSED",
                    "The request id was used for another request",
                    DISCARD)));

    private static Map<String, Object> samples(List<?> messages) {
        var byType = new TreeMap<String, Object>();
        messages.forEach(message -> byType.put(Installation.messageTypes().nameOf(message), message));
        return byType;
    }

    @Nested
    class Samples {

        static final List<String> TYPES = List.copyOf(SAMPLES.keySet());

        @Test
        void P11_everything_that_was_ever_written_has_a_sample() throws Exception {
            var written = new TreeSet<>(Installation.messageTypes().all().keySet());
            for (var context :
                    new String[] {"financing", "billing", "reports", "catering", "process", "demo", "parking"}) {
                written.add(context + ".CommandRejected.v1");
            }

            assertThat(files()).containsExactlyElementsOf(written);
            assertThat(TYPES).containsExactlyElementsOf(written);
        }

        @ParameterizedTest
        @Tag("C2.9")
        @Tag("C2.29")
        @FieldSource("TYPES")
        void P11_a_sample_reads_as_what_it_says(String type) throws Exception {
            assertThat(CODEC.decode(new Message(type, sample(type)))).isEqualTo(SAMPLES.get(type));
        }

        @ParameterizedTest
        @FieldSource("TYPES")
        void what_is_written_is_what_the_contract_shows(String type) throws Exception {
            assertThat(CODEC.encode(requireNonNull(SAMPLES.get(type)))).isEqualTo(new Message(type, sample(type)));
        }

        private static List<String> files() throws Exception {
            try (var files = Files.list(directory())) {
                return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                        .sorted()
                        .toList();
            }
        }

        private static String sample(String type) throws Exception {
            return Files.readString(directory().resolve(type + ".json")).strip();
        }

        private static Path directory() throws Exception {
            return Path.of(
                    requireNonNull(MessagesTest.class.getResource("/samples")).toURI());
        }
    }

    @Nested
    class Amounts {

        @ParameterizedTest
        @CsvSource({
            "EUR 10, EUR, 10.00",
            "JPY 10, JPY, 10",
            "KWD 0.5, KWD, 0.500",
            "EUR 12345678901234567890, EUR, 12345678901234567890.00"
        })
        void is_written_with_all_decimals_of_its_currency_and_no_others(Money money, String currency, String amount) {
            var message = new InvestorFundsAdded(INVESTOR, money);

            assertThat(CODEC.encode(message).body()).isEqualTo(added(currency, amount));
            assertThat(read(added(currency, amount))).isEqualTo(message);
        }

        @Test
        void is_read_with_fewer_decimals_too() {
            assertThat(read(added("EUR", "10"))).isEqualTo(new InvestorFundsAdded(INVESTOR, eur(10)));
        }

        @ParameterizedTest
        @CsvSource({
            "EUR,10.001",
            "JPY,10.5",
            "EUR,''",
            "EUR,ten",
            "EUR,1e2",
            "EUR,1E99999999",
            "EUR,' 10'",
            "EURO,10",
            "'',10",
            "XYZ,10"
        })
        void of_no_such_amount_or_currency_is_unreadable(String currency, String amount) {
            assertUnreadable(added(currency, amount));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"currency\":\"EUR\",\"amount\":10.00}",
                    "{\"currency\":\"EUR\",\"amount\":10}",
                    "{\"currency\":\"EUR\",\"amount\":null}",
                    "{\"currency\":\"EUR\"}",
                    "{\"amount\":\"10.00\"}",
                    "\"EUR 10.00\"",
                    "10",
                    "null"
                })
        void in_another_shape_is_unreadable(String money) {
            assertUnreadable("{\"investorId\":\"" + INVESTOR.value() + "\",\"amount\":" + money + "}");
        }

        private static void assertUnreadable(String body) {
            assertThatExceptionOfType(UnreadableMessage.class).isThrownBy(() -> read(body));
        }

        private static Object read(String body) {
            return CODEC.decode(new Message("financing.InvestorFundsAdded.v1", body));
        }

        private static String added(String currency, String amount) {
            return "{\"investorId\":\"%s\",\"amount\":{\"currency\":\"%s\",\"amount\":\"%s\"}}"
                    .formatted(INVESTOR.value(), currency, amount);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "financing.BidOnInvoice.v1, 20.00, 0.00",
        "financing.ProcessBid.v1, 20.00, 0.00",
        "financing.ReleaseFunds.v1, 10.00, -1.00",
        "financing.SellInvoice.v1, 10.00, 0.00",
        "financing.CreateInvestor.v1, 100.00, -0.01",
        "billing.IssueDocument.v1, 10.00, 0.00",
        "reports.AddDocument.v1, 10.00, -1.00",
        "catering.OfferMenu.v1, 10.00, 0.00"
    })
    void a_command_for_no_money_is_unreadable(String type, String amount, String nothing) {
        var body = CODEC.encode(requireNonNull(SAMPLES.get(type))).body().replace(amount, nothing);

        assertThatExceptionOfType(UnreadableMessage.class)
                .isThrownBy(() -> CODEC.decode(new Message(type, body)))
                .withMessageContaining(nothing);
    }
}
