package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandMessagesTest {

    private static final UUID ID = UUID.fromString("0199a1b2-0000-7000-8000-000000000001");
    private static final UUID REQUEST = UUID.fromString("0199a1b2-0000-7000-8000-000000000002");
    private static final StreamId STREAM = new StreamId("financing.invoice", "7");

    private final CommandMessages format = new CommandMessages(new Partitions(16));

    @Test
    void a_command_is_sent_to_the_queue_of_its_context_and_partition() {
        var written = format.write(command(REQUEST));

        assertThat(written.exchange()).isEqualTo("commands");
        assertThat(written.routingKey()).isEqualTo("financing." + new Partitions(16).of(STREAM));
        assertThat(written.messageId()).isEqualTo(ID.toString());
        assertThat(written.headers())
                .isEqualTo(Map.of(
                        "quadrille:id",
                        ID.toString(),
                        "quadrille:type",
                        "financing.SellInvoice.v1",
                        "quadrille:stream",
                        "financing.invoice/7",
                        "quadrille:time",
                        "2026-03-01T10:15:30Z",
                        "quadrille:requestid",
                        REQUEST.toString(),
                        "quadrille:correlationid",
                        ID.toString(),
                        "quadrille:causationid",
                        ID.toString(),
                        "quadrille:traceparent",
                        "00-trace"));
    }

    @Test
    void a_command_is_read_as_it_was_written_with_and_without_a_request_id() {
        assertThat(format.read(delivery(format.write(command(REQUEST))))).isEqualTo(command(REQUEST));
        assertThat(format.read(delivery(format.write(command(null))))).isEqualTo(command(null));
    }

    @Test
    void the_key_is_the_stream_also_of_a_command_that_is_unreadable() {
        var written = format.write(command(null));
        var headers = new HashMap<>(written.headers());
        headers.put("quadrille:time", "noon");
        var off = delivery(
                new Outgoing(written.exchange(), written.routingKey(), written.messageId(), headers, written.body()));

        assertThatThrownBy(() -> format.read(off))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("The header quadrille:time is 'noon', not a time as in RFC 3339");
        assertThat(format.key(off)).isEqualTo("financing.invoice/7");
    }

    @Test
    void an_integration_event_is_read_as_it_was_written() {
        var format = new IntegrationMessages();
        var event = new IntegrationEvent("1", "registering.IssuerRegistered", "{\"name\":\"Acme\"}");

        var written = format.write(event);

        assertThat(written.exchange()).isEqualTo("integration-events");
        assertThat(written.headers()).isEmpty();
        assertThat(format.read(delivery(written))).isEqualTo(event);
        assertThat(format.key(delivery(written))).isEmpty();
    }

    private static CommandEnvelope command(@Nullable UUID requestId) {
        return new CommandEnvelope(
                ID,
                requestId,
                STREAM,
                Instant.parse("2026-03-01T10:15:30Z"),
                new Lineage(ID, ID, "00-trace"),
                new Message("financing.SellInvoice.v1", "{\"askingPrice\":\"10 €\"}"));
    }

    private static Delivery delivery(Outgoing message) {
        return new Delivery(
                new Envelope(1, false, message.exchange(), message.routingKey()),
                message.properties(),
                message.body().getBytes(UTF_8));
    }
}
