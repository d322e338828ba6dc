package dev.quadrille.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Money as {@code {"currency":"EUR","amount":"10.00"}}, the amount as text with all decimals of its currency, so that no
 * reader takes it for a floating-point number; a currency as its ISO 4217 code.
 */
final class MoneyModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    MoneyModule() {
        super("money");
        addSerializer(CurrencyUnit.class, ToStringSerializer.instance);
        addDeserializer(CurrencyUnit.class, new FromStringDeserializer<>(CurrencyUnit.class) {
            @Override
            protected CurrencyUnit _deserialize(String text, DeserializationContext context) {
                return CurrencyUnit.of(text);
            }
        });
        addSerializer(Money.class, new StdSerializer<>(Money.class) {
            @Override
            public void serialize(Money money, JsonGenerator json, SerializationContext context) {
                json.writeStartObject();
                json.writeStringProperty("currency", money.getCurrencyUnit().getCode());
                json.writeStringProperty("amount", money.getAmount().toPlainString());
                json.writeEndObject();
            }
        });
        addDeserializer(Money.class, new StdDeserializer<>(Money.class) {
            @Override
            public Money deserialize(JsonParser json, DeserializationContext context) {
                var written = context.readValue(json, Written.class);
                return Money.of(
                        CurrencyUnit.of(written.currency()), decimal(written.amount()), RoundingMode.UNNECESSARY);
            }
        });
    }

    private static BigDecimal decimal(String amount) {
        // BigDecimal would read an exponent too, and 1E99999999 as a hundred million digits.
        if (!amount.matches("-?\\d{1,30}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "An amount is written in decimals, at most 30 and 9 of them, not '" + amount + "'");
        }
        return new BigDecimal(amount);
    }

    private record Written(String currency, String amount) {}
}
