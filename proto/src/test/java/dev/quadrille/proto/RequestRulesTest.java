package dev.quadrille.proto;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.type.Money;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.OutcomeServiceOuterClass;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.CommandServiceOuterClass;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.QueryServiceOuterClass;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P9: the rules in the proto refuse what is malformed, with one violation per fault. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestRulesTest {
    private static final String ID = "0198c0de-0000-7000-8000-000000000001";
    private static final Money TEN_EUROS =
            Money.newBuilder().setCurrencyCode("EUR").setUnits(10).build();

    private final Validator validator = ValidatorFactory.newBuilder().build();

    @Test
    void a_well_formed_request_passes_with_and_without_a_request_id() throws ValidationException {
        var sell = SellInvoiceRequest.newBuilder().setIssuerId(ID).setAskingPrice(TEN_EUROS);

        assertThat(faults(sell.build())).isEmpty();
        assertThat(faults(sell.setRequestId(ID).build())).isEmpty();
    }

    @Test
    void every_fault_of_a_request_has_its_own_violation() throws ValidationException {
        var bid = BidOnInvoiceRequest.newBuilder()
                .setRequestId("once")
                .setInvoiceId("42")
                .setAmount(Money.newBuilder().setCurrencyCode("euro").setUnits(-1))
                .build();

        assertThat(faults(bid))
                .containsExactlyInAnyOrder(
                        "request_id: must be a valid UUID",
                        "investor_id: value is empty, which is not a valid UUID",
                        "invoice_id: must be a valid UUID",
                        "amount: currency_code must be three upper-case letters",
                        "amount: units must be 0 to 1000000000000");
    }

    @Test
    void a_missing_amount_is_one_fault() throws ValidationException {
        assertThat(faults(SellInvoiceRequest.newBuilder().setIssuerId(ID).build()))
                .containsExactly("asking_price: value is required");
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 0, 1",
        "EUR, 0, 999999999",
        "JPY, 1, 0",
        "USD, 1000000000000, 0",
    })
    void an_amount_passes(String currency, long units, int nanos) throws ValidationException {
        assertThat(faults(asking(currency, units, nanos))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',  10, 0, currency_code must be three upper-case letters",
        "eur, 10, 0, currency_code must be three upper-case letters",
        "EURO, 10, 0, currency_code must be three upper-case letters",
        "EUR, 0, 0, must be above zero",
        "EUR, -10, 0, units must be 0 to 1000000000000",
        "EUR, 1000000000001, 0, units must be 0 to 1000000000000",
        "EUR, -9223372036854775808, 0, units must be 0 to 1000000000000",
        "EUR, 1000000000000, 10000000, must be at most 1000000000000",
        "EUR, 10, 1000000000, nanos must be 0 to 999999999",
        "EUR, 10, -1, nanos must be 0 to 999999999",
        "EUR, 0, -1, nanos must be 0 to 999999999",
    })
    void an_amount_fails(String currency, long units, int nanos, String fault) throws ValidationException {
        assertThat(faults(asking(currency, units, nanos))).containsExactly("asking_price: " + fault);
    }

    @Test
    void a_page_size_may_be_zero_or_beyond_the_maximum_and_not_negative() throws ValidationException {
        assertThat(faults(ListBidsRequest.getDefaultInstance())).isEmpty();
        assertThat(faults(ListBidsRequest.newBuilder().setPageSize(100_000).build()))
                .isEmpty();
        assertThat(faults(ListBidsRequest.newBuilder().setPageSize(-1).build()))
                .containsExactly("page_size: must be greater than or equal to 0");
    }

    @Test
    void a_filter_may_be_absent_and_not_nonsense() throws ValidationException {
        assertThat(faults(ListInvoicesRequest.newBuilder()
                        .setIssuerId("me")
                        .setStatusValue(7)
                        .build()))
                .containsExactlyInAnyOrder(
                        "issuer_id: must be a valid UUID", "status: value must be one of the defined enum values");
        assertThat(faults(ListInvestorsRequest.newBuilder()
                        .addInvestorIds(ID)
                        .addInvestorIds("")
                        .build()))
                .containsExactly("investor_ids: value is empty, which is not a valid UUID");
    }

    @Test
    void an_outcome_is_asked_for_by_a_command_id() throws ValidationException {
        assertThat(faults(GetOutcomeRequest.getDefaultInstance()))
                .containsExactly("command_id: value is empty, which is not a valid UUID");
    }

    /** Money is not our message, so its rules stand at each field of it; this keeps them the same everywhere. */
    @Test
    void every_amount_asked_for_has_the_same_rules() {
        assertThat(requestFields().filter(f -> f.getJavaType() == FieldDescriptor.JavaType.MESSAGE))
                .isNotEmpty()
                .extracting(f -> f.getOptions().getExtension(ValidateProto.field))
                .containsOnly(SellInvoiceRequest.getDescriptor()
                        .findFieldByName("asking_price")
                        .getOptions()
                        .getExtension(ValidateProto.field));
    }

    @Test
    void every_id_asked_for_is_a_uuid() {
        assertThat(requestFields().filter(f -> f.getName().endsWith("_id")))
                .isNotEmpty()
                .allMatch(f -> f.getOptions()
                        .getExtension(ValidateProto.field)
                        .getString()
                        .getUuid());
    }

    @Test
    void every_command_may_have_a_request_id_and_answers_its_command_id() {
        assertThat(services().filter(s -> s.getName().equals("CommandService")))
                .isNotEmpty()
                .flatExtracting(ServiceDescriptor::getMethods)
                .allSatisfy(m -> {
                    assertThat(m.getInputType().findFieldByName("request_id")).isNotNull();
                    assertThat(m.getOutputType().findFieldByName("command_id")).isNotNull();
                });
    }

    private static Stream<FieldDescriptor> requestFields() {
        return services()
                .flatMap(s -> s.getMethods().stream())
                .map(MethodDescriptor::getInputType)
                .map(Descriptor::getFields)
                .flatMap(List::stream);
    }

    private static Stream<ServiceDescriptor> services() {
        return Stream.of(
                        CommandServiceOuterClass.getDescriptor(),
                        QueryServiceOuterClass.getDescriptor(),
                        OutcomeServiceOuterClass.getDescriptor())
                .flatMap(file -> file.getServices().stream());
    }

    private static SellInvoiceRequest asking(String currency, long units, int nanos) {
        return SellInvoiceRequest.newBuilder()
                .setIssuerId(ID)
                .setAskingPrice(Money.newBuilder()
                        .setCurrencyCode(currency)
                        .setUnits(units)
                        .setNanos(nanos))
                .build();
    }

    private List<String> faults(Message request) throws ValidationException {
        return validator.validate(request).toProto().getViolationsList().stream()
                .map(v -> v.getField().getElements(0).getFieldName() + ": " + v.getMessage())
                .toList();
    }
}
