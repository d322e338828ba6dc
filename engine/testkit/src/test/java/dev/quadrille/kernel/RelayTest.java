package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RelayTest {

    private static final String NAME = "relay";

    private final InMemoryStore store = new InMemoryStore();
    private final List<EventEnvelope> bus = new ArrayList<>();
    private final List<EventEnvelope> written = new ArrayList<>();

    @BeforeEach
    void five_events_were_written() throws Conflict {
        for (var version = 1; version <= 5; version++) {
            var id = new UUID(0, version);
            var event = new EventEnvelope(
                    id,
                    Ferry.crossing("tern"),
                    version,
                    Instant.EPOCH,
                    new Lineage(id, id, "00-1-2-00"),
                    Ferry.CODEC.encode(new BoardingOpened("tern", version)));
            written.add(event);
            store.commit(new Commit(List.of(new Append(event.stream(), version - 1, List.of(event))), List.of()));
        }
    }

    @Test
    void P4_everything_reaches_the_bus_in_order_batch_by_batch() {
        var relay = relay(store, bus::addAll);

        assertThat(relay.next()).isEqualTo(2);
        assertThat(bus).isEqualTo(written.subList(0, 2));
        assertThat(relay.next()).isEqualTo(2);
        assertThat(relay.next()).isEqualTo(1);
        assertThat(relay.next()).isZero();
        assertThat(bus).isEqualTo(written);
    }

    @Test
    void P4_the_position_moves_only_after_the_broker_has_confirmed() {
        var relay = relay(store, events -> {
            assertThat(store.load(NAME)).isZero();
            bus.addAll(events);
        });

        relay.next();

        assertThat(store.load(NAME)).isEqualTo(2);
    }

    @Test
    void P4_what_was_not_confirmed_is_published_again() {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> relay(store, events -> {
                            bus.add(events.getFirst());
                            throw new Unavailable("The broker is away", null);
                        })
                        .next());

        relay(store, bus::addAll).next();

        assertThat(bus).containsExactly(written.get(0), written.get(0), written.get(1));
    }

    @Test
    void P4_a_crash_between_publishing_and_saving_repeats_in_order() {
        var crashing = new Checkpoints() {
            @Override
            public long load(String name) {
                return store.load(name);
            }

            @Override
            public void save(String name, long position) {
                throw new Unavailable("Crashed", null);
            }
        };
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> relay(crashing, bus::addAll).next());

        var restarted = relay(store, bus::addAll);
        while (restarted.next() > 0) {
            assertThat(store.load(NAME)).isPositive();
        }

        assertThat(bus.subList(0, 2)).isEqualTo(written.subList(0, 2));
        assertThat(bus.subList(2, 7)).isEqualTo(written);
    }

    private Relay relay(Checkpoints checkpoints, EventBus events) {
        return new Relay(NAME, store, checkpoints, events, 2);
    }
}
