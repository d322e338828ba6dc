package dev.quadrille.grpc;

import static java.math.RoundingMode.UNNECESSARY;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Money between the wire, where it is a {@code google.type.Money}, and Joda-Money. */
public final class WireMoney {
    private static final int NANO_DECIMALS = 9;
    private static final int MAX_NANOS = 999_999_999;
    private static final Map<String, CurrencyUnit> CURRENCIES = CurrencyUnit.registeredCurrencies().stream()
            .filter(currency -> !currency.isPseudoCurrency())
            .collect(toUnmodifiableMap(CurrencyUnit::getCode, currency -> currency));

    private WireMoney() {}

    /**
     * The amount as it goes on the wire.
     *
     * @throws ArithmeticException if its units don't fit a long
     */
    public static com.google.type.Money toWire(Money amount) {
        var units = amount.getAmount().toBigInteger();
        return com.google.type.Money.newBuilder()
                .setCurrencyCode(amount.getCurrencyUnit().getCode())
                .setUnits(units.longValueExact())
                .setNanos(amount.getAmount()
                        .subtract(new BigDecimal(units))
                        .movePointRight(NANO_DECIMALS)
                        .intValueExact())
                .build();
    }

    /**
     * The amount of a request that {@link GrpcServer} has let pass, with all decimals of its currency: equal amounts are
     * equal however they were written.
     *
     * @throws IllegalArgumentException if the currency is unknown
     * @throws ArithmeticException if the amount has more decimals than its currency
     */
    public static Money fromWire(com.google.type.Money amount) {
        return Money.of(CurrencyUnit.of(amount.getCurrencyCode()), decimal(amount), UNNECESSARY);
    }

    /**
     * What is wrong with the amounts of a request that no rule in its proto can tell: a currency that is well-formed and
     * does not exist, and more decimals than the currency has.
     */
    static Stream<FieldViolation> faults(Message request) {
        return request.getAllFields().entrySet().stream()
                .filter(field -> field.getValue() instanceof com.google.type.Money)
                .flatMap(field -> faults((com.google.type.Money) field.getValue())
                        .map(fault -> GrpcErrors.violation(field.getKey().getName(), fault)));
    }

    private static Stream<String> faults(com.google.type.Money amount) {
        var code = amount.getCurrencyCode();
        var currency = CURRENCIES.get(code);
        if (currency == null) {
            return code.matches("[A-Z]{3}")
                    ? Stream.of("currency_code must be a currency of ISO 4217, not " + code)
                    : Stream.empty();
        }
        var readable = amount.getNanos() >= 0 && amount.getNanos() <= MAX_NANOS;
        var decimal = decimal(amount).stripTrailingZeros();
        return readable && decimal.scale() > currency.getDecimalPlaces()
                ? Stream.of("must have no more than %d decimals in %s, not %s"
                        .formatted(currency.getDecimalPlaces(), code, decimal.toPlainString()))
                : Stream.empty();
    }

    private static BigDecimal decimal(com.google.type.Money amount) {
        return BigDecimal.valueOf(amount.getUnits()).add(BigDecimal.valueOf(amount.getNanos(), NANO_DECIMALS));
    }
}
