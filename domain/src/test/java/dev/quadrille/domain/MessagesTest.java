package dev.quadrille.domain;

import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.parking.InterventionCommand.Discard;
import dev.quadrille.parking.InterventionCommand.Replay;
import dev.quadrille.parking.InterventionEvent.DiscardRequested;
import dev.quadrille.parking.InterventionEvent.ReplayRequested;
import dev.quadrille.parking.InterventionId;
import dev.quadrille.parking.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
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
            written.add("financing.CommandRejected.v1");
            written.add("parking.CommandRejected.v1");

            assertThat(files()).containsExactlyElementsOf(written);
            assertThat(TYPES).containsExactlyElementsOf(written);
        }

        @ParameterizedTest
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
        "financing.CreateInvestor.v1, 100.00, -0.01"
    })
    void a_command_for_no_money_is_unreadable(String type, String amount, String nothing) {
        var body = CODEC.encode(requireNonNull(SAMPLES.get(type))).body().replace(amount, nothing);

        assertThatExceptionOfType(UnreadableMessage.class)
                .isThrownBy(() -> CODEC.decode(new Message(type, body)))
                .withMessageContaining(nothing);
    }
}
