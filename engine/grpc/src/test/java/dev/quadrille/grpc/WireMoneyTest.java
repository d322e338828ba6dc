package dev.quadrille.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.rpc.BadRequest.FieldViolation;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WireMoneyTest {

    @ParameterizedTest
    @CsvSource({
        "EUR 20.00, EUR, 20, 0",
        "EUR 0.01, EUR, 0, 10000000",
        "EUR 0.00, EUR, 0, 0",
        "EUR -1.75, EUR, -1, -750000000",
        "EUR -0.75, EUR, 0, -750000000",
        "JPY 1000000000000, JPY, 1000000000000, 0",
        "BHD 1.001, BHD, 1, 1000000",
    })
    void an_amount_is_the_same_there_and_back(String amount, String currency, long units, int nanos) {
        var wire = wire(currency, units, nanos);

        assertThat(WireMoney.toWire(Money.parse(amount))).isEqualTo(wire);
        assertThat(WireMoney.fromWire(wire)).isEqualTo(Money.parse(amount)).hasToString(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "XYZ, 10, 0, 'currency_code must be a currency of ISO 4217, not XYZ'",
        "XXX, 10, 0, 'currency_code must be a currency of ISO 4217, not XXX'",
        "EUR, 10, 1000000, 'must have no more than 2 decimals in EUR, not 10.001'",
        "EUR, 0, 1, 'must have no more than 2 decimals in EUR, not 0.000000001'",
        "JPY, 1, 500000000, 'must have no more than 0 decimals in JPY, not 1.5'",
        "BHD, 1, 1500000, 'must have no more than 3 decimals in BHD, not 1.0015'",
    })
    void what_no_rule_can_tell_is_a_fault_of_the_amount(String currency, long units, int nanos, String fault) {
        assertThat(WireMoney.faults(asking(currency, units, nanos)))
                .extracting(FieldViolation::getField, FieldViolation::getDescription)
                .containsExactly(tuple("asking_price", fault));
    }

    @ParameterizedTest
    @CsvSource({"EUR, 10, 990000000", "EUR, 0, 0", "'', 10, 0", "eur, 1, 0", "EUR, 1, -1", "EUR, 1, 1000000001"})
    void what_a_rule_tells_is_not_told_twice(String currency, long units, int nanos) {
        assertThat(WireMoney.faults(asking(currency, units, nanos))).isEmpty();
    }

    @Test
    void a_request_without_an_amount_has_no_fault_here() {
        assertThat(WireMoney.faults(SellInvoiceRequest.getDefaultInstance())).isEmpty();
    }

    private static SellInvoiceRequest asking(String currency, long units, int nanos) {
        return SellInvoiceRequest.newBuilder()
                .setAskingPrice(wire(currency, units, nanos))
                .build();
    }

    private static com.google.type.Money wire(String currency, long units, int nanos) {
        return com.google.type.Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(units)
                .setNanos(nanos)
                .build();
    }
}
