package dev.quadrille.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonCodecTest {

    private static final UUID ID = UUID.fromString("0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11");
    private static final StreamId TERN = new StreamId("ferry.crossing", "tern");

    private static final VehicleBoarded BOARDED = new VehicleBoarded(
            new VehicleId(ID),
            TERN,
            Kind.VAN,
            500,
            List.of(new Label("a"), new Label("b")),
            Instant.EPOCH,
            new Deck(1, true));

    private static final String BOARDED_JSON = """
            {"vehicleId":"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11","crossing":"ferry.crossing/tern","kind":"VAN",\
            "length":500,"labels":["a","b"],"at":"1970-01-01T00:00:00Z","deck":{"number":1,"covered":true}}""";

    private final Codec codec = new JsonCodec(new MessageTypes()
            .register("ferry.VehicleBoarded.v1", VehicleBoarded.class)
            .register("ferry.Counted.v1", Counted.class)
            .register("ferry.Labeled.v1", Labeled.class)
            .register("ferry.Board.v1", Board.class));

    enum Kind {
        VAN,
        BUS
    }

    record VehicleId(UUID value) {

        VehicleId(String text) {
            this(UUID.fromString(text));
        }

        static VehicleId of(String text) {
            return new VehicleId(text);
        }
    }

    record Label(String value) {
        Label {
            if (value.isBlank()) {
                throw new IllegalArgumentException("A label is not blank");
            }
        }
    }

    record Deck(int number, boolean covered) {}

    record VehicleBoarded(
            VehicleId vehicleId, StreamId crossing, Kind kind, long length, List<Label> labels, Instant at, Deck deck)
            implements Event {}

    record Counted(int value) implements Event {}

    record Labeled(String crossing, Label label) implements Event {}

    record Board(String crossing, Label label) implements Command {
        @Override
        public StreamId stream() {
            return new StreamId("ferry.crossing", crossing);
        }
    }

    @Nested
    class Writing {

        @Test
        void a_record_is_an_object_in_the_order_of_its_components() {
            assertThat(codec.encode(BOARDED)).isEqualTo(new Message("ferry.VehicleBoarded.v1", BOARDED_JSON));
        }

        @Test
        void a_message_with_nothing_but_a_value_is_that_value() {
            assertThat(codec.encode(new Counted(7))).isEqualTo(new Message("ferry.Counted.v1", "7"));
        }

        @Test
        void what_a_message_can_compute_is_not_written() {
            assertThat(codec.encode(new Board("tern", new Label("a"))).body())
                    .isEqualTo("{\"crossing\":\"tern\",\"label\":\"a\"}");
        }

        @Test
        @Tag("C2.28")
        void an_unregistered_class_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.encode(new Deck(1, true)))
                    .withMessageContaining(Deck.class.getName());
        }
    }

    @Nested
    class Reading {

        @Test
        void what_was_written_reads_as_it_was() {
            assertThat(read(BOARDED_JSON)).isEqualTo(BOARDED);
            assertThat(codec.decode(new Message("ferry.Counted.v1", "7"))).isEqualTo(new Counted(7));
        }

        @Test
        void P11_unknown_fields_are_ignored() {
            assertThat(read(BOARDED_JSON.replace("{\"number\"", "{\"color\":{\"red\":[1]},\"number\"")))
                    .isEqualTo(BOARDED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"vehicleId", "crossing", "kind", "length", "labels", "at", "deck", "number", "covered"})
        void a_missing_field_is_unreadable(String field) {
            assertUnreadable(BOARDED_JSON.replace("\"" + field + "\":", "\"other\":"), field);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11\"",
                    "\"ferry.crossing/tern\"",
                    "\"VAN\"",
                    "500",
                    "[\"a\",\"b\"]",
                    "\"1970-01-01T00:00:00Z\"",
                    "{\"number\":1,\"covered\":true}",
                    "1,",
                    "true"
                })
        void a_field_that_is_null_is_unreadable(String value) {
            assertUnreadable(BOARDED_JSON.replace(":" + value, value.endsWith(",") ? ":null," : ":null"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "500 -> \"500\"",
                    "500 -> 500.5",
                    "500 -> true",
                    "500 -> \"\"",
                    "500 -> 99999999999999999999",
                    "true -> \"true\"",
                    "true -> 1",
                    "\"VAN\" -> 0",
                    "\"VAN\" -> \"0\"",
                    "\"VAN\" -> \"\"",
                    "\"VAN\" -> \"TRAM\"",
                    "\"a\" -> 1",
                    "\"a\" -> 1.5",
                    "\"a\" -> true",
                    "[\"a\",\"b\"] -> \"a\"",
                    "\"1970-01-01T00:00:00Z\" -> \"noon\"",
                    "\"ferry.crossing/tern\" -> \"ferry.crossing\"",
                    "\"ferry.crossing/tern\" -> 7",
                    "\"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11\" -> \"0b0f\"",
                    "\"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11\" -> {\"value\":\"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11\"}",
                    "{\"number\":1,\"covered\":true} -> []"
                })
        void a_value_of_another_type_is_unreadable(String change) {
            var parts = change.split(" -> ", 2);

            assertUnreadable(BOARDED_JSON.replace(parts[0], parts[1]));
        }

        @Test
        @Tag("C2.11")
        void a_value_that_its_type_refuses_is_unreadable_and_says_why() {
            assertUnreadable(BOARDED_JSON.replace("\"a\"", "\" \""), "A label is not blank");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "null", "[]", "7", "\"\"", "{", "{}"})
        void what_is_no_such_object_is_unreadable(String body) {
            assertUnreadable(body);
        }

        @ParameterizedTest
        @ValueSource(strings = {"}", "{}", " null", ",", "x"})
        void what_goes_on_behind_its_end_is_unreadable(String tail) {
            assertUnreadable(BOARDED_JSON + tail);
        }

        @Test
        void nesting_without_end_is_unreadable() {
            assertUnreadable("{\"other\":" + "[".repeat(100_000));
        }

        @ParameterizedTest
        @ValueSource(strings = {"7", "7.5", "true", "[\"tern\"]", "{}"})
        void what_is_not_text_is_unreadable_as_text(String crossing) {
            assertThatExceptionOfType(UnreadableMessage.class)
                    .isThrownBy(() -> codec.decode(
                            new Message("ferry.Board.v1", "{\"crossing\":" + crossing + ",\"label\":\"a\"}")));
        }

        @Test
        void an_unknown_type_is_unreadable_by_name() {
            assertThatExceptionOfType(UnreadableMessage.class)
                    .isThrownBy(() -> codec.decode(new Message("ferry.Sunk.v1", "{}")))
                    .withMessageContaining("'ferry.Sunk.v1'");
        }

        private Object read(String body) {
            return codec.decode(new Message("ferry.VehicleBoarded.v1", body));
        }

        private void assertUnreadable(String body) {
            assertUnreadable(body, "ferry.VehicleBoarded.v1");
        }

        private void assertUnreadable(String body, String because) {
            assertThat(body).isNotEqualTo(BOARDED_JSON);
            assertThatExceptionOfType(UnreadableMessage.class)
                    .isThrownBy(() -> read(body))
                    .withMessageContainingAll("ferry.VehicleBoarded.v1", because);
        }
    }

    @Nested
    class Rejections {

        private static final String JSON = """
                {"commandId":"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11","commandType":"ferry.Board.v1",\
                "stream":"ferry.crossing/tern","reason":"DECK_FULL","message":"All 2 places are taken",\
                "command":{"crossing":"tern","label":"a"}}""";

        @Test
        void a_rejection_carries_its_command() {
            var rejected = rejected("ferry.Board.v1", new Board("tern", new Label("a")));

            assertThat(codec.encode(rejected)).isEqualTo(new Message("ferry.CommandRejected.v1", JSON));
            assertThat(read(JSON)).isEqualTo(rejected);
        }

        @Test
        void who_does_not_know_the_command_reads_the_rejection_without_it() {
            assertThat(read(JSON.replace("ferry.Board.v1", "ferry.Sink.v1")))
                    .isEqualTo(rejected("ferry.Sink.v1", null));
        }

        @Test
        void a_rejection_without_its_command_reads_as_it_was() {
            var rejected = rejected("ferry.Sink.v1", null);

            assertThat(codec.decode(codec.encode(rejected))).isEqualTo(rejected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"ferry.Board.v1\" -> \"ferry.Labeled.v1\"",
                    "\"ferry.Board.v1\" -> \"ferry.CommandRejected.v1\"",
                    "\"ferry.Board.v1\" -> 7",
                    "\"ferry.Board.v1\" -> null",
                    "\"commandId\" -> \"other\"",
                    "\"commandType\" -> \"other\"",
                    "\"stream\" -> \"other\"",
                    "\"reason\" -> \"other\"",
                    "\"message\" -> \"other\"",
                    "\"command\" -> \"other\"",
                    "\"ferry.crossing/tern\" -> \"tern\"",
                    "\"DECK_FULL\" -> 7",
                    "\"crossing\" -> \"other\"",
                    "\"0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11\" -> \"0b0f\"",
                    "{\"crossing\":\"tern\",\"label\":\"a\"} -> []",
                    "{\"crossing\":\"tern\",\"label\":\"a\"} -> null"
                })
        void a_rejection_that_does_not_fit_is_unreadable(String change) {
            var parts = change.split(" -> ", 2);
            var changed = JSON.replace(parts[0], parts[1]);

            assertThat(changed).isNotEqualTo(JSON);
            assertThatExceptionOfType(UnreadableMessage.class).isThrownBy(() -> read(changed));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null", "[]", "7", "{"})
        void what_is_no_rejection_is_unreadable(String body) {
            assertThatExceptionOfType(UnreadableMessage.class).isThrownBy(() -> read(body));
        }

        private Object read(String body) {
            return codec.decode(new Message("ferry.CommandRejected.v1", body));
        }

        private static CommandRejected rejected(String type, @Nullable Command command) {
            return new CommandRejected(ID, type, TERN, "DECK_FULL", "All 2 places are taken", command);
        }
    }
}
