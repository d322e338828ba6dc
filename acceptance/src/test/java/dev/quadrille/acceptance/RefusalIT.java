package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.google.type.Money;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P9: what is malformed is refused with every fault it has, and leaves no trace. */
@AgainstEverySystem
class RefusalIT {

    private static final String SOMEONE = UUID.randomUUID().toString();

    @AutoClose
    private final Scenario scenario;

    RefusalIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedCommands")
    void P9_a_malformed_command_is_refused(String what, Consumer<Scenario> command, List<String> faults) {
        assertThat(faultsOf(refusal(command))).as(what).containsExactlyInAnyOrderElementsOf(faults);
    }

    private static Stream<Arguments> malformedCommands() {
        return Stream.of(
                sale("no issuer", SellInvoiceRequest.newBuilder().setAskingPrice(eur(1).money()), "issuer_id"),
                sale("no price", SellInvoiceRequest.newBuilder().setIssuerId(SOMEONE), "asking_price"),
                sale("nothing", SellInvoiceRequest.newBuilder(), "issuer_id", "asking_price"),
                sale(
                        "all wrong",
                        SellInvoiceRequest.newBuilder()
                                .setRequestId("1")
                                .setIssuerId("Isabel")
                                .setAskingPrice(money("EUR", -1, 0)),
                        "request_id",
                        "issuer_id",
                        "asking_price"),
                price("zero", money("EUR", 0, 0)),
                price("negative", money("EUR", -5, 0)),
                price("signs that differ", money("EUR", 5, -10_000_000)),
                price("more decimals than the euro has", money("EUR", 5, 1_000_000)),
                price("decimals of a currency that has none", money("JPY", 5, 500_000_000)),
                price("currency in lower case", money("eur", 5, 0)),
                price("currency that does not exist", money("XQQ", 5, 0)),
                price("more than there is", money("EUR", Long.MAX_VALUE, 0)),
                command(
                        "bid by no one on nothing",
                        scenario -> scenario.commands().bidOnInvoice(BidOnInvoiceRequest.getDefaultInstance()),
                        "investor_id",
                        "invoice_id",
                        "amount"),
                command(
                        "approval of nothing",
                        scenario -> scenario.commands().approveFinancing(ApproveFinancingRequest.getDefaultInstance()),
                        "invoice_id"));
    }

    private static Arguments sale(String what, SellInvoiceRequest.Builder request, String... faults) {
        return command("sale with " + what, scenario -> scenario.commands().sellInvoice(request.build()), faults);
    }

    private static Arguments price(String what, Money price) {
        return sale(
                "a price: " + what,
                SellInvoiceRequest.newBuilder().setIssuerId(SOMEONE).setAskingPrice(price),
                "asking_price");
    }

    private static Arguments command(String what, Consumer<Scenario> command, String... faults) {
        return arguments(what, command, List.of(faults));
    }

    private static Money money(String currency, long units, int nanos) {
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(units)
                .setNanos(nanos)
                .build();
    }

    @Test
    void P9_a_malformed_command_leaves_no_trace() {
        var investor = scenario.registerInvestor(eur(100));
        var nowhere = UUID.randomUUID();
        refusal(it -> it.bid(investor, nowhere, eur(0)));

        var next = scenario.bid(investor, nowhere, eur(20));
        assertThat(facts(scenario.events().setOffBy(next.command(), 1)))
                .startsWith(at(3, new BidOnInvoicePlaced(investor, nowhere, next.bid(), eur(20))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedQueries")
    void P9_a_malformed_query_is_refused(String what, Consumer<Scenario> query, List<String> faults) {
        assertThat(faultsOf(refusal(query))).as(what).containsExactlyInAnyOrderElementsOf(faults);
    }

    private static Stream<Arguments> malformedQueries() {
        return Stream.of(
                command(
                        "an id that is none",
                        scenario -> scenario.queries()
                                .getInvestor(GetInvestorRequest.newBuilder()
                                        .setInvestorId("Ivo")
                                        .build()),
                        "investor_id"),
                command(
                        "a token that no outcome gave",
                        scenario -> scenario.investor(UUID.randomUUID(), "soon"),
                        "consistency_token"),
                command(
                        "a page that no page gave",
                        scenario -> scenario.queries()
                                .listInvestors(ListInvestorsRequest.newBuilder()
                                        .setPageToken("next")
                                        .build()),
                        "page_token"),
                command(
                        "a page of less than nothing",
                        scenario -> scenario.queries()
                                .listInvestors(ListInvestorsRequest.newBuilder()
                                        .setPageSize(-1)
                                        .build()),
                        "page_size"),
                command(
                        "a status that is none",
                        scenario -> scenario.queries()
                                .listInvoices(ListInvoicesRequest.newBuilder()
                                        .setStatusValue(99)
                                        .build()),
                        "status"),
                command(
                        "a command that is none",
                        scenario -> scenario.outcomes()
                                .getOutcome(GetOutcomeRequest.newBuilder()
                                        .setCommandId("first")
                                        .build()),
                        "command_id"));
    }

    private Status refusal(Consumer<Scenario> call) {
        return error(Code.INVALID_ARGUMENT, call);
    }

    @Test
    void what_does_not_exist_is_not_found() {
        error(Code.NOT_FOUND, it -> it.issuer(UUID.randomUUID()));
        error(Code.NOT_FOUND, it -> it.investor(UUID.randomUUID()));
        error(Code.NOT_FOUND, it -> it.invoice(UUID.randomUUID()));
        error(Code.NOT_FOUND, it -> it.bid(UUID.randomUUID()));
    }

    @Test
    void a_command_that_was_never_sent_is_pending() {
        var never = UUID.randomUUID().toString();

        assertThat(scenario.outcomes()
                        .getOutcome(GetOutcomeRequest.newBuilder()
                                .setCommandId(never)
                                .build())
                        .getOutcome())
                .isEqualTo(Outcome.newBuilder()
                        .setCommandId(never)
                        .setStatus(OUTCOME_STATUS_PENDING)
                        .build());
    }

    /** The error of the call, which has this code and tells its reason in one ErrorInfo. */
    private Status error(Code code, Consumer<Scenario> call) {
        var thrown = catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(scenario));
        assertThat(thrown).isNotNull();
        assertThat(thrown.getStatus().getCode()).isEqualTo(code);
        var status = StatusProto.fromThrowable(thrown);
        assertThat(status).isNotNull();
        assertThat(details(status, ErrorInfo.class)).singleElement().satisfies(info -> {
            assertThat(info.getReason()).matches("[A-Z][A-Z0-9_]+[A-Z0-9]");
            assertThat(info.getDomain()).isNotBlank();
        });
        return status;
    }

    private static List<String> faultsOf(Status status) {
        return details(status, BadRequest.class).stream()
                .flatMap(details -> details.getFieldViolationsList().stream())
                .map(FieldViolation::getField)
                .toList();
    }

    private static <D extends com.google.protobuf.Message> List<D> details(Status status, Class<D> kind) {
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(kind))
                .map(detail -> {
                    try {
                        return detail.unpack(kind);
                    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
