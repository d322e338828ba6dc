package dev.quadrille.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokerRestartTest {

    @Test
    void P10_publishers_and_consumers_go_on_by_themselves_after_a_restart_and_nothing_confirmed_is_lost(
            @TempDir Path directory) throws Exception {
        var broker = EmbeddedBroker.start(directory, 0);
        var context = new TestContext(broker.amqpUrl());
        try {
            var bus = context.commandBus();
            bus.send(context.commands("a", 10));

            broker.close();
            broker = EmbeddedBroker.start(directory, broker.port());

            var recorder = new Recorder();
            context.consumeCommands(recorder);
            assertThat(recorder.awaitFirst(10)).hasSize(10);

            broker.close();
            broker = EmbeddedBroker.start(directory, broker.port());

            Eventually.passes(() -> bus.submit(context.command("a", 11)));
            assertThat(recorder.awaitFirst(11))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 11).mapToObj(n -> "a" + n).toList());
        } finally {
            context.closeAll();
            broker.close();
        }
    }
}
