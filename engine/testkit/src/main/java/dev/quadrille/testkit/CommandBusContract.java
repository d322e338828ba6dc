package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link CommandBus} promises. */
public abstract class CommandBusContract extends BusContract<CommandBus, CommandEnvelope> {

    @Override
    final void send(CommandBus over, List<CommandEnvelope> commands) {
        over.send(commands);
    }

    @Override
    final CommandEnvelope message(StreamId stream, int n) {
        return Samples.command(stream, n);
    }

    @Test
    @Tag("C2.19")
    void P1_commands_for_which_there_is_no_route_are_unavailable_and_others_pass() throws Exception {
        var nowhere = List.of(message(new StreamId(context() + "x.crossing", "a"), 1));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> bus().send(nowhere));

        bus().send(messages("a", 1, 2));

        for (var handler : consume()) {
            assertThat(handler.await(2)).isEqualTo(messages("a", 1, 2));
        }
    }
}
