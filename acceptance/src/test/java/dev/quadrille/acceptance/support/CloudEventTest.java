package dev.quadrille.acceptance.support;

import static dev.quadrille.acceptance.support.Amount.eur;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CloudEventTest {

    private static final UUID INVOICE = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private final CloudEvent event = CloudEvent.byHand(
            new InvoiceFinanced(INVOICE, eur(10), new Bid(UUID.randomUUID(), UUID.randomUUID(), eur(20))), 2);

    @Test
    void what_was_written_is_read() {
        assertThat(CloudEvent.read(delivery(event.routingKey(), event.properties(), event.body())))
                .isEqualTo(event);
    }

    @Test
    void the_routing_key_ends_with_the_remainder_of_the_streams_checksum() {
        assertThat(event.routingKey()).isEqualTo("financing.invoice.InvoiceFinanced.14");
        refuses("financing.invoice.InvoiceFinanced.15", event.properties(), event.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "specversion",
                "id",
                "type",
                "source",
                "subject",
                "time",
                "streamversion",
                "correlationid",
                "causationid",
                "traceparent"
            })
    void an_attribute_that_is_missing_is_told(String attribute) {
        refuses(event.routingKey(), without(attribute), event.body());
    }

    @ParameterizedTest
    @CsvSource({
        "specversion, 0.3",
        "id, 11111111-2222-4333-8444-555555555555",
        "type, financing.InvoiceSold.v1",
        "subject, financing.invoice/1",
        "time, yesterday",
        "streamversion, 2",
        "correlationid, 1",
        "causationid, 1",
        "traceparent, 00-1-1-00"
    })
    void an_attribute_that_is_wrong_is_told(String attribute, String value) {
        refuses(event.routingKey(), with(attribute, value), event.body());
    }

    @Test
    void properties_that_are_wrong_are_told() {
        refuses(
                event.routingKey(),
                event.properties().builder().contentType("text/plain").build(),
                event.body());
        refuses(event.routingKey(), event.properties().builder().deliveryMode(1).build(), event.body());
    }

    @Test
    void a_body_with_a_field_more_or_less_is_told() {
        var body = new String(event.body(), UTF_8);

        refuses(
                event.routingKey(),
                event.properties(),
                body.replaceFirst("\\{", "{\"more\":1,").getBytes(UTF_8));
        refuses(
                event.routingKey(),
                event.properties(),
                body.replaceFirst("\"invoiceId\":\"[^\"]*\",", "").getBytes(UTF_8));
    }

    private BasicProperties without(String attribute) {
        var headers = new HashMap<>(event.properties().getHeaders());
        headers.remove(CloudEvent.HEADER + attribute);
        return event.properties().builder().headers(headers).build();
    }

    private BasicProperties with(String attribute, String value) {
        var headers = new HashMap<>(event.properties().getHeaders());
        headers.put(CloudEvent.HEADER + attribute, value);
        return event.properties().builder().headers(headers).build();
    }

    private static void refuses(String routingKey, BasicProperties properties, byte[] body) {
        assertThatThrownBy(() -> CloudEvent.read(delivery(routingKey, properties, body)))
                .isInstanceOf(RuntimeException.class);
    }

    private static Delivery delivery(String routingKey, BasicProperties properties, byte[] body) {
        return new Delivery(new Envelope(1, false, Bus.EVENTS, routingKey), properties, body);
    }
}
