package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventMessagesTest {

    private static final String ID = "0199a1b2-0000-7000-8000-000000000001";
    private static final String CORRELATION = "0199a1b2-0000-7000-8000-000000000002";
    private static final String CAUSATION = "0199a1b2-0000-7000-8000-000000000003";
    private static final String SUBJECT = "financing.invoice/0199a1b2-0000-7000-8000-000000000004";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String BODY = "{\"invoiceId\":\"x\",\"note\":\"Zürich ✓\"}";

    private static final EventEnvelope EVENT = new EventEnvelope(
            UUID.fromString(ID),
            StreamId.parse(SUBJECT),
            3,
            Instant.parse("2026-03-01T10:15:30.123456Z"),
            new Lineage(UUID.fromString(CORRELATION), UUID.fromString(CAUSATION), TRACE),
            new Message("financing.InvoiceFinanced.v1", BODY));

    private final EventMessages format = new EventMessages(new Partitions(16));

    @Test
    void an_event_is_written_as_the_contract_says() {
        var written = format.write(EVENT);

        assertThat(written.exchange()).isEqualTo("events");
        assertThat(written.routingKey()).isEqualTo("financing.invoice.InvoiceFinanced." + partition());
        assertThat(written.properties().getContentType()).isEqualTo("application/json");
        assertThat(written.properties().getMessageId()).isEqualTo(ID);
        assertThat(written.properties().getDeliveryMode()).isEqualTo(2);
        assertThat(written.properties().getHeaders())
                .isEqualTo(Map.of(
                        "cloudEvents:specversion",
                        "1.0",
                        "cloudEvents:id",
                        ID,
                        "cloudEvents:type",
                        "financing.InvoiceFinanced.v1",
                        "cloudEvents:source",
                        "/quadrille/financing",
                        "cloudEvents:subject",
                        SUBJECT,
                        "cloudEvents:time",
                        "2026-03-01T10:15:30.123456Z",
                        "cloudEvents:streamversion",
                        3L,
                        "cloudEvents:correlationid",
                        CORRELATION,
                        "cloudEvents:causationid",
                        CAUSATION,
                        "cloudEvents:traceparent",
                        TRACE));
        assertThat(written.body()).isEqualTo(BODY);
    }

    @Test
    void an_event_published_by_hand_is_read() {
        assertThat(format.read(delivery(headers(), BODY.getBytes(UTF_8)))).isEqualTo(EVENT);
        assertThat(format.key(delivery(headers(), new byte[0]))).isEqualTo(SUBJECT);
    }

    @Test
    void a_version_may_be_a_number_of_any_size_or_text() {
        for (var version : List.<Object>of((byte) 3, (short) 3, 3, 3L, "3", LongStringHelper.asLongString("3"))) {
            var headers = headers();
            headers.put("cloudEvents:streamversion", version);

            assertThat(format.read(delivery(headers, BODY.getBytes(UTF_8)))).isEqualTo(EVENT);
        }
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
    void without_one_of_its_headers_an_event_is_unreadable(String name) {
        var headers = headers();
        headers.remove("cloudEvents:" + name);

        assertUnreadable(headers, BODY.getBytes(UTF_8), "The header cloudEvents:" + name + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "specversion   | 0.3        | '1.0'",
                "id            | other      | '0199a1b2-0000-7000-8000-000000000001'",
                "subject       | nowhere    | a stream, <context>.<aggregate>/<id>",
                "time          | yesterday  | a time as in RFC 3339",
                "streamversion | 0          | a version: 1, 2, 3 …",
                "streamversion | one        | a version: 1, 2, 3 …",
                "correlationid | 1-1-1-1-1  | a UUID",
                "causationid   | none       | a UUID"
            })
    void a_header_that_is_off_is_named_with_its_value(String name, String value, String expected) {
        var headers = headers();
        headers.put("cloudEvents:" + name, value);

        assertUnreadable(
                headers,
                BODY.getBytes(UTF_8),
                "The header cloudEvents:%s is '%s', not %s".formatted(name, value, expected));
    }

    @Test
    void a_header_of_another_type_is_unreadable() {
        var headers = headers();
        headers.put("cloudEvents:type", List.of("a", "b"));

        assertUnreadable(
                headers, BODY.getBytes(UTF_8), "The header cloudEvents:type is '[a, b]', not text or a whole number");
    }

    @Test
    void a_long_wrong_value_is_shown_in_part() {
        var headers = headers();
        headers.put("cloudEvents:time", "x".repeat(1_000));

        assertUnreadable(headers, BODY.getBytes(UTF_8), "'" + "x".repeat(100) + "…'");
    }

    @Test
    void a_body_that_is_not_UTF_8_is_unreadable() {
        assertUnreadable(headers(), new byte[] {'{', (byte) 0xFF, '}'}, "The body is not UTF-8");
    }

    @Test
    void a_body_of_another_content_type_is_unreadable() {
        var properties = new BasicProperties.Builder()
                .messageId(ID)
                .contentType("text/plain")
                .headers(headers())
                .build();

        assertThatThrownBy(() -> format.read(delivery(properties, new byte[0])))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("The property content_type is 'text/plain', not 'application/json'");
    }

    @Test
    void a_message_without_anything_is_unreadable_and_has_no_key() {
        var nothing = delivery(new BasicProperties(), new byte[0]);

        assertThatThrownBy(() -> format.read(nothing)).isInstanceOf(UnreadableMessage.class);
        assertThat(format.key(nothing)).isEmpty();
    }

    private void assertUnreadable(Map<String, Object> headers, byte[] body, String reason) {
        assertThatThrownBy(() -> format.read(delivery(headers, body)))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining(reason);
    }

    private static Map<String, Object> headers() {
        return new HashMap<>(Map.of(
                "cloudEvents:specversion",
                "1.0",
                "cloudEvents:id",
                ID,
                "cloudEvents:type",
                "financing.InvoiceFinanced.v1",
                "cloudEvents:source",
                "a-test",
                "cloudEvents:subject",
                SUBJECT,
                "cloudEvents:time",
                "2026-03-01T10:15:30.123456Z",
                "cloudEvents:streamversion",
                3,
                "cloudEvents:correlationid",
                CORRELATION,
                "cloudEvents:causationid",
                CAUSATION,
                "cloudEvents:traceparent",
                TRACE));
    }

    private static Delivery delivery(Map<String, Object> headers, byte[] body) {
        var properties = new BasicProperties.Builder()
                .messageId(ID)
                .contentType("application/json; charset=utf-8")
                .headers(headers)
                .build();
        return delivery(properties, body);
    }

    private static Delivery delivery(BasicProperties properties, byte[] body) {
        return new Delivery(new Envelope(1, false, "events", "key"), properties, body);
    }

    private static int partition() {
        return new Partitions(16).of(StreamId.parse(SUBJECT));
    }
}
