package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Handler.Handled;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Unavailable;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "on {0}")
@MethodSource("dev.quadrille.rabbitmq.TestBroker#all")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsumersTest {

    private final TestBroker broker;
    private final Recorder recorder = new Recorder();
    private TestContext context;
    private RabbitCommandBus bus;

    ConsumersTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void open() throws Exception {
        context = new TestContext(broker.url());
        bus = context.commandBus();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    @Tag("C2.27")
    void P3_commands_of_a_stream_are_handled_in_the_order_of_sending() throws Exception {
        context.consumeCommands(recorder);

        bus.send(commands("a", 1, 600));
        IntStream.rangeClosed(601, 650).forEach(n -> bus.submit(context.command("a", n)));

        assertThat(recorder.awaitFirst(650)).containsExactlyElementsOf(bodies("a", 1, 650));
        assertThat(recorder.handled()).hasSize(650);
    }

    @Test
    void streams_are_spread_over_the_partitions_and_all_are_handled() throws Exception {
        context.consumeCommands(recorder);

        bus.send(Stream.of("a", "b", "c", "d", "e", "f")
                .map(stream -> context.command(stream, 1))
                .toList());

        assertThat(recorder.awaitFirst(6)).containsExactlyInAnyOrder("a1", "b1", "c1", "d1", "e1", "f1");
    }

    @Test
    void what_came_while_nobody_consumed_is_handled_as_one_batch_in_order() throws Exception {
        bus.send(commands("a", 1, 100));
        var largest = new AtomicInteger();
        context.consumeCommands(batch -> {
            largest.accumulateAndGet(batch.size(), Math::max);
            return recorder.handle(batch);
        });

        assertThat(recorder.awaitFirst(100)).containsExactlyElementsOf(bodies("a", 1, 100));
        assertThat(largest).hasValueGreaterThan(1);
    }

    @Test
    void P10_after_a_lost_connection_everything_is_handled_and_first_occurrences_keep_the_order() throws Exception {
        var cuts = new AtomicInteger(3);
        context.consumeCommands(batch -> {
            if (recorder.handled().size() > 100 && cuts.getAndDecrement() > 0) {
                context.wire.cut();
            }
            return recorder.handle(batch);
        });

        for (var first = 1; first <= 1_000; first += 50) {
            var batch = commands("a", first, first + 49);
            Eventually.passes(() -> bus.send(batch));
        }

        assertThat(recorder.awaitFirst(1_000)).containsExactlyElementsOf(bodies("a", 1, 1_000));
        assertThat(cuts).hasValueLessThan(3);
    }

    @Test
    void consumers_that_start_before_the_broker_attach_when_it_comes() throws Exception {
        context.wire.down();
        var consumers = context.consumers().add(context.commandQueues(), context.commandMessages, recorder);
        consumers.start();
        assertThat(consumers.attached()).isFalse();

        context.wire.up();

        assertThat(consumers.awaitAttached(TestContext.PATIENCE)).isTrue();
        assertThat(consumers.attached()).isTrue();
    }

    @Test
    void consumers_that_were_never_started_can_be_closed() {
        var consumers = context.consumers().add(context.commandQueues(), context.commandMessages, recorder);

        assertThatCode(consumers::close).doesNotThrowAnyException();
    }

    @Test
    void held_messages_come_again_in_order_and_stop_no_other_stream() throws Exception {
        var others = new CountDownLatch(2);
        var released = new AtomicBoolean();
        context.consumeCommands(batch -> {
            var held = released.get() ? List.<CommandEnvelope>of() : ofStream("a", batch);
            batch.stream().filter(command -> !held.contains(command)).forEach(command -> {
                recorder.record(command);
                others.countDown();
            });
            return new Handled<>(held, List.of());
        });
        var neighbor = inTheSamePartitionAs("a");

        bus.send(commands("a", 1, 3));
        bus.send(commands(neighbor, 1, 1));
        bus.send(commands("a", 4, 5));
        bus.send(commands(neighbor, 2, 2));

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        released.set(true);
        assertThat(recorder.awaitFirst(7))
                .containsExactly(neighbor + "1", neighbor + "2", "a1", "a2", "a3", "a4", "a5");
    }

    @Test
    void what_is_held_when_a_consumer_closes_is_left_to_the_next_and_what_is_handled_is_not() throws Exception {
        var neighbor = inTheSamePartitionAs("a");
        var handled = new CountDownLatch(2);
        var first = context.consumeCommands(batch -> {
            var held = ofStream("a", batch);
            batch.stream().filter(command -> !held.contains(command)).forEach(_ -> handled.countDown());
            return new Handled<>(held, List.of());
        });
        bus.send(List.of(
                context.command("a", 1),
                context.command(neighbor, 1),
                context.command("a", 2),
                context.command(neighbor, 2),
                context.command("a", 3)));
        await(handled);
        first.close();

        context.consumeCommands(recorder);

        assertThat(recorder.awaitFirst(3)).containsExactly("a1", "a2", "a3");
        assertThat(recorder.handled()).hasSize(3);
    }

    @Test
    void P6_while_a_server_of_the_handler_is_away_messages_are_kept() throws Exception {
        var tries = new AtomicInteger();
        context.consumeCommands(batch -> {
            if (tries.incrementAndGet() <= Workload.ATTEMPTS + 1) {
                throw new Unavailable("The database is away", null);
            }
            return recorder.handle(batch);
        });

        bus.send(commands("a", 1, 5));

        assertThat(recorder.awaitFirst(5)).containsExactlyElementsOf(bodies("a", 1, 5));
        assertThat(context.parking.parked()).isEmpty();
    }

    @Test
    void P6_a_message_that_fails_is_tried_three_times_and_parked_and_those_behind_it_and_no_others() throws Exception {
        var attempts = new AtomicInteger();
        context.consumeCommands(batch -> Handled.oneByOne(batch, CommandEnvelope::stream, command -> {
            if (command.message().body().equals("a2")) {
                attempts.incrementAndGet();
                throw new IllegalStateException("No hands\nleft");
            }
            recorder.record(command);
        }));

        var neighbor = inTheSamePartitionAs("a");

        bus.send(commands("a", 1, 4));
        bus.send(commands(neighbor, 1, 2));

        var parked = context.awaitParked(3).getFirst();
        assertThat(recorder.awaitFirst(3)).containsExactlyInAnyOrder("a1", neighbor + "1", neighbor + "2");
        assertThat(attempts).hasValue(3);
        assertThat(parked.consumer()).isEqualTo(queueOf("a"));
        assertThat(parked.messageId()).isEqualTo(idOf("a", 2));
        assertThat(parked.key()).isEqualTo(context.stream("a").toString());
        assertThat(parked.type()).isEqualTo(context.name + ".DoThing.v1");
        assertThat(parked.failure().attempts()).isEqualTo(3);
        assertThat(parked.failure().reason()).isEqualTo("No hands");
        assertThat(parked.failure().stack())
                .contains("IllegalStateException: No hands")
                .contains("ConsumersTest");
        assertThat(parked.headers())
                .containsEntry("quadrille:type", context.name + ".DoThing.v1")
                .containsEntry("amqp:exchange", "commands");
        assertThat(parked.body()).isEqualTo(ByteBuffer.wrap("a2".getBytes(UTF_8)));
        assertThat(parked.parkedAt()).isEqualTo(TestContext.NOW);
        assertThat(context.parking.parked())
                .extracting(Parked::messageId, Parked::waitsBehind)
                .containsExactly(tuple(idOf("a", 2), false), tuple(idOf("a", 3), true), tuple(idOf("a", 4), true));
    }

    @Test
    void P6_who_consumes_next_parks_behind_as_well_until_all_is_handled_in_order() throws Exception {
        var first = context.consumeCommands(refusing("a1"));
        bus.send(commands("a", 1, 2));
        context.awaitParked(2);
        first.close();
        var second = context.consumeCommands(recorder);

        bus.send(commands("a", 3, 4));
        context.awaitParked(4);
        assertThat(recorder.handled()).isEmpty();
        assertThat(second.replayer()
                        .replay(Filter.message(
                                context.parking.parked().getFirst().id())))
                .isTrue();
        bus.send(commands("a", 5, 5));

        assertThat(recorder.awaitFirst(5)).containsExactlyElementsOf(bodies("a", 1, 5));
        assertThat(recorder.handled()).hasSize(5);
        assertThat(context.parking.parked()).isEmpty();
    }

    @Test
    void P6_what_is_replayed_while_more_comes_in_stays_in_order() throws Exception {
        var broken = new AtomicBoolean(true);
        var consumers = context.consumeCommands(batch -> Handled.oneByOne(batch, CommandEnvelope::stream, command -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            recorder.record(command);
        }));
        bus.send(commands("a", 1, 1));
        context.awaitParked(1);
        var more = Thread.startVirtualThread(
                () -> IntStream.rangeClosed(2, 400).forEach(n -> bus.submit(context.command("a", n))));
        Eventually.passes(() -> assertThat(context.parking.parked()).hasSizeGreaterThan(20));
        broken.set(false);

        assertThat(consumers
                        .replayer()
                        .replay(Filter.key("", context.stream("a").toString())))
                .isTrue();

        assertThat(recorder.awaitFirst(400)).containsExactlyElementsOf(bodies("a", 1, 400));
        more.join();
        assertThat(context.parking.parked()).isEmpty();
        assertThat(recorder.handled()).hasSize(400);
    }

    @Test
    void P6_an_unreadable_message_is_parked_at_once_and_stops_nothing() throws Exception {
        context.consumeCommands(recorder);
        var garbage = new Outgoing(
                Topology.COMMANDS,
                context.name + "." + context.partitions.of(context.stream("a")),
                "garbage",
                Map.of(),
                "?");

        bus.send(commands("a", 1, 1));
        context.publisher().publishAll(List.of(garbage));
        bus.send(commands("a", 2, 2));

        assertThat(recorder.awaitFirst(2)).containsExactly("a1", "a2");
        var parked = context.awaitParked(1).getFirst();
        assertThat(parked.messageId()).isEqualTo("garbage");
        assertThat(parked.key()).isEmpty();
        assertThat(parked.failure().attempts()).isEqualTo(1);
        assertThat(parked.failure().reason()).isEqualTo("The header quadrille:id is missing");
    }

    @Test
    void P6_a_message_that_cannot_be_parked_yet_is_kept() throws Exception {
        var refusals = new AtomicInteger(2);
        var refusing = (Parking) Proxy.newProxyInstance(
                Parking.class.getClassLoader(), new Class<?>[] {Parking.class}, (_, method, arguments) -> {
                    if (method.getName().equals("park") && refusals.getAndDecrement() > 0) {
                        throw new Unavailable("The database is away", null);
                    }
                    return method.invoke(context.parking, arguments);
                });
        context.consumers(refusing)
                .add(context.commandQueues(), context.commandMessages, refusing("a1"))
                .start();

        bus.send(commands("a", 1, 1));

        context.awaitParked(1);
        assertThat(refusals).hasNegativeValue();
    }

    @Test
    void P6_a_message_that_breaks_the_handler_is_parked_alone() throws Exception {
        var neighbor = inTheSamePartitionAs("a");
        bus.send(commands("a", 1, 20));
        bus.send(commands(neighbor, 1, 30));
        context.consumeCommands(batch -> {
            if (batch.stream().anyMatch(command -> command.message().body().equals("a20"))) {
                throw new IllegalStateException("The whole batch is broken");
            }
            return recorder.handle(batch);
        });

        assertThat(recorder.awaitFirst(49))
                .containsExactlyElementsOf(Stream.concat(bodies("a", 1, 19).stream(), bodies(neighbor, 1, 30).stream())
                        .toList());
        assertThat(context.awaitParked(1).getFirst().messageId()).isEqualTo(idOf("a", 20));
    }

    @Test
    void when_the_active_consumer_of_a_queue_closes_the_next_goes_on_and_repeats_nothing() throws Exception {
        var inHand = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var first = context.consumeCommands(batch -> {
            inHand.countDown();
            await(goOn);
            return recorder.handle(batch);
        });
        context.consumeCommands(recorder);
        bus.send(commands("a", 1, 600));
        assertThat(inHand.await(20, TimeUnit.SECONDS)).isTrue();

        var closing = Thread.startVirtualThread(first::close);
        goOn.countDown();

        var handled = recorder.awaitFirst(600);
        if (broker.takesOverInOrder()) {
            assertThat(handled).containsExactlyElementsOf(bodies("a", 1, 600));
        } else {
            assertThat(handled).containsExactlyInAnyOrderElementsOf(bodies("a", 1, 600));
        }
        assertThat(recorder.handled()).hasSize(600);
        closing.join();
        assertThat(first.attached()).isFalse();
    }

    @Test
    void what_the_wire_carries_is_what_was_sent() throws Exception {
        var events = new ArrayList<EventEnvelope>();
        var done = new CountDownLatch(3);
        var consumers = context.consumers()
                .add(context.topology.queuesOf("everything-" + context.name), context.eventMessages, batch -> {
                    batch.stream()
                            .filter(event -> event.stream().equals(context.stream("a")))
                            .forEach(event -> {
                                events.add(event);
                                done.countDown();
                            });
                    return new Handled<>(List.of(), List.of());
                });
        consumers.start();
        var sent = List.of(context.event("a", 1), context.event("a", 2), context.event("a", 3));

        new RabbitEventBus(context.publisher(), context.eventMessages).publish(sent);

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(events).containsExactlyElementsOf(sent);
    }

    private List<CommandEnvelope> commands(String stream, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> context.command(stream, n))
                .toList();
    }

    private static Handler<CommandEnvelope> refusing(String body) {
        return batch -> Handled.oneByOne(batch, CommandEnvelope::stream, command -> {
            if (command.message().body().equals(body)) {
                throw new IllegalStateException("broken");
            }
        });
    }

    private String idOf(String stream, int n) {
        return context.command(stream, n).id().toString();
    }

    private static List<String> bodies(String stream, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(n -> stream + n).toList();
    }

    private List<CommandEnvelope> ofStream(String stream, List<CommandEnvelope> batch) {
        return batch.stream()
                .filter(command -> command.stream().equals(context.stream(stream)))
                .toList();
    }

    private String inTheSamePartitionAs(String stream) {
        var partition = context.partitions.of(context.stream(stream));
        return IntStream.range(0, 100)
                .mapToObj(n -> "other" + n + "-")
                .filter(other -> context.partitions.of(context.stream(other)) == partition)
                .findFirst()
                .orElseThrow();
    }

    private String queueOf(String stream) {
        return "commands.%s.%d".formatted(context.name, context.partitions.of(context.stream(stream)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
