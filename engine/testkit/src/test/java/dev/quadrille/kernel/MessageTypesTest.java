package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageTypesTest {

    private final MessageTypes types = new MessageTypes().register("ferry.Board.v1", Board.class);

    @Test
    @Tag("C2.8")
    void a_name_and_a_class_lead_to_each_other() {
        assertThat(types.classOf("ferry.Board.v1")).hasValue(Board.class);
        assertThat(types.nameOf(new Board("tern", "van"))).isEqualTo("ferry.Board.v1");
    }

    @Test
    void an_unknown_name_is_no_class() {
        assertThat(types.classOf("ferry.Board.v2")).isEmpty();
    }

    @Test
    void an_unregistered_class_has_no_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.nameOf(new Leave("tern", "van")))
                .withMessageContaining(Leave.class.getName());
    }

    @Test
    @Tag("C2.8")
    void a_name_is_given_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.register("ferry.Board.v1", Leave.class))
                .withMessageContainingAll("'ferry.Board.v1'", Board.class.getName(), Leave.class.getName());
    }

    @Test
    @Tag("C2.8")
    void a_class_is_registered_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.register("ferry.Board.v2", Board.class))
                .withMessageContainingAll(Board.class.getName(), "'ferry.Board.v1'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Board", "ferry.Board", "ferry.board.v1", "Ferry.Board.v1", "ferry.Board.v0", "ferry.Board.1"})
    void a_malformed_name_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.register(name, Leave.class))
                .withMessageContaining("'" + name + "'");
    }

    @Test
    void every_context_has_rejections_without_registering_them() {
        var stream = Ferry.crossing("tern");
        var rejected = new CommandRejected(new UUID(0, 1), "ferry.Board.v1", stream, "DECK_FULL", "Full", null);

        assertThat(types.nameOf(rejected)).isEqualTo("ferry.CommandRejected.v1");
        assertThat(types.classOf("hotel.CommandRejected.v1")).hasValue(CommandRejected.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.register("hotel.CommandRejected.v1", VehicleLeft.class));
    }

    @Test
    void languages_are_joined_and_keep_their_order() {
        var joined = new MessageTypes()
                .register("ferry.VehicleLeft.v1", VehicleLeft.class)
                .registerAll(types);

        assertThat(joined.all().keySet()).containsExactly("ferry.VehicleLeft.v1", "ferry.Board.v1");
    }
}
