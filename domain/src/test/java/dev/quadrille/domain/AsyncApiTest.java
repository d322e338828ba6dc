package dev.quadrille.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.rabbitmq.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** That {@code docs/asyncapi.yaml} is an AsyncAPI 3 document, is what the code says, and is what is on the bus. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsyncApiTest {

    private static final Path CHECKED_IN = Path.of("../docs/asyncapi.yaml");
    private static final Path GENERATED = Path.of("target/asyncapi.yaml");

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private final String generated = AsyncApi.written(AsyncApi.document());
    private final ObjectNode document = (ObjectNode) new YAMLMapper().readTree(generated);

    @Test
    void the_document_checked_in_is_that_of_the_code() throws IOException {
        Files.writeString(GENERATED, generated);

        assertThat(CHECKED_IN)
                .as("docs/asyncapi.yaml is stale. If the bus is meant to change, docs/generate writes it anew")
                .hasContent(generated);
    }

    /** As AsyncAPI publishes it, in {@code @asyncapi/specs} on npm. */
    @Nested
    class By_the_schema_of_AsyncAPI_3 {

        private final Schema asyncApi = asyncApi();

        @Test
        void the_document_is_valid() {
            assertThat(asyncApi.validate(document)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "/info, title",
            "/servers/broker, host",
            "/operations/send.financing.invoice.InvoiceFinanced, action",
            "/components/channelBindings/events/amqp, exchange",
        })
        void a_document_that_lacks_something_is_not(String at, String required) {
            ((ObjectNode) document.at(at)).remove(required);

            assertThat(asyncApi.validate(document)).isNotEmpty();
        }

        private static Schema asyncApi() {
            try (var schema = AsyncApiTest.class.getResourceAsStream("/asyncapi-specs-6.11.1/3.0.0.json")) {
                return SCHEMAS.getSchema(JSON.readTree(requireNonNull(schema)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    /** Strictly: the schema also knows every field that is there, though a reader has to expect others. */
    @Nested
    class What_is_on_the_bus {

        static Stream<String> types() {
            return AsyncApi.types().keySet().stream();
        }

        static Stream<String> events() {
            return AsyncApi.types().entrySet().stream()
                    .filter(type -> Event.class.isAssignableFrom(type.getValue()))
                    .map(Map.Entry::getKey);
        }

        @ParameterizedTest
        @MethodSource("types")
        void a_body_is_as_described(String type) {
            var codec = Installation.codec();
            var body = codec.encode(
                            codec.decode(new Message(type, AsyncApi.sample(type).toString())))
                    .body();

            assertThat(strictFaults(described(type, "payload"), JSON.readTree(body)))
                    .isEmpty();
        }

        @ParameterizedTest
        @MethodSource("events")
        void an_event_is_published_as_described(String type) {
            var published = AsyncApi.published(type);
            var channels = document.withObject("channels").properties().stream()
                    .filter(channel ->
                            channel.getValue().at("/messages/" + type).isObject())
                    .map(Map.Entry::getValue)
                    .toList();

            assertThat(channels).singleElement().satisfies(channel -> {
                assertThat(published.routingKey())
                        .matches(channel.path("address")
                                .stringValue()
                                .replace(".", "\\.")
                                .replace("{partition}", "\\d+"));
                assertThat(channel.path("bindings").path("$ref").stringValue()).endsWith("/" + published.exchange());
            });
            assertThat(faults(described(type, "headers"), JSON.valueToTree(published.headers())))
                    .isEmpty();
            assertThat(described(type, "headers").at("/allOf/0/$ref").stringValue())
                    .isEqualTo(Schemas.NAMED + "CloudEvent");
            assertThat(document.at("/components/schemas/CloudEvent/properties").propertyNames())
                    .containsExactlyInAnyOrderElementsOf(published.headers().keySet());
        }

        @Test
        void announcements_are_where_financing_listens_for_them() {
            assertThat(document.at("/channels/registering.IssuerRegistered/bindings/$ref")
                            .stringValue())
                    .endsWith("/" + Topology.INTEGRATION_EVENTS);
            assertThat(document.at("/channels/registering.IssuerRegistered/address")
                            .stringValue())
                    .isEqualTo("registering.IssuerRegistered");
        }

        @Test
        void rejections_of_every_context_are_among_the_events() {
            assertThat(events()).contains("financing.CommandRejected.v1");
        }
    }

    /** Of every kind that a component of a message can have. */
    @Nested
    class Described {

        enum Answer {
            YES,
            NO
        }

        record Name(String value) {}

        record Line(UUID id, Money price) {}

        record Sold(
                UUID id,
                Name name,
                String note,
                Instant at,
                boolean paid,
                int count,
                long number,
                Answer answer,
                CurrencyUnit currency,
                Money total,
                List<Line> lines) {}

        private static final Sold SOLD = new Sold(
                UUID.fromString("a0000000-0000-4000-8000-000000000001"),
                new Name("Ada"),
                "",
                Instant.parse("2026-02-28T23:59:59.999999Z"),
                true,
                1,
                2,
                Answer.NO,
                CurrencyUnit.EUR,
                Money.parse("EUR -1.00"),
                List.of(new Line(UUID.fromString("a0000000-0000-4000-8000-000000000002"), Money.parse("JPY 7"))));

        private final ObjectNode body = (ObjectNode) JSON.readTree(
                new JsonCodec(new MessageTypes().register("test.Sold.v1", Sold.class), new MoneyModule())
                        .encode(SOLD)
                        .body());

        @Test
        void every_kind_is_described_as_the_codec_writes_it() {
            assertThat(strictFaults(Schemas.of(Sold.class), body)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "id | 'a'",
                    "name | {\"value\":\"Ada\"}",
                    "note | 1",
                    "note | null",
                    "at | 'noon'",
                    "at | 1780000000.5",
                    "paid | 'true'",
                    "count | 1.5",
                    "number | '2'",
                    "answer | 'PERHAPS'",
                    "currency | 'euro'",
                    "total | 1.00",
                    "total | {\"currency\":\"EUR\",\"amount\":1.00}",
                    "total | {\"currency\":\"EUR\",\"amount\":\"1e2\"}",
                    "lines | [{}]",
                    "lines | {}",
                    "other | 1",
                })
        void anything_else_is_not(String field, String value) {
            body.set(field, JSON.readTree(value.replace('\'', '"')));

            assertThat(strictFaults(Schemas.of(Sold.class), body)).isNotEmpty();
        }

        @Test
        void a_field_that_is_missing_is_told() {
            body.remove("note");

            assertThat(strictFaults(Schemas.of(Sold.class), body)).isNotEmpty();
        }

        @Test
        void a_kind_that_no_message_has_had_so_far_is_asked_for() {
            record Approximate(double amount) {}

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Schemas.of(Approximate.class))
                    .withMessageContaining("How is double written?");
        }
    }

    private JsonNode described(String type, String part) {
        return document.at("/components/messages/" + type).path(part);
    }

    /** Also of fields that the schema does not know. */
    private List<Error> strictFaults(JsonNode schema, JsonNode value) {
        return strict(rooted(schema)).validate(value);
    }

    private List<Error> faults(JsonNode schema, JsonNode value) {
        return SCHEMAS.getSchema(rooted(schema)).validate(value);
    }

    private static Schema strict(JsonNode schema) {
        forbidOthers(schema);
        return SCHEMAS.getSchema(schema);
    }

    private static void forbidOthers(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(AsyncApiTest::forbidOthers);
    }

    /** A schema by itself, with what it may refer to. */
    private ObjectNode rooted(JsonNode schema) {
        return ((ObjectNode) schema.deepCopy())
                .set("components", document.path("components").deepCopy());
    }
}
