package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractsCanFailTest {

    @Test
    void an_adapter_that_does_nothing_passes_only_what_asks_for_nothing() {
        assertThat(passedBy(NoEventStore.class))
                .containsOnly(
                        "no_streams_are_no_work",
                        "nothing_to_commit_does_nothing",
                        "streams_differ_in_case_and_category",
                        "an_event_is_not_found_under_another_id_or_in_another_place",
                        "any_number_of_outcomes_hold_no_request_id");
        assertThat(passedBy(NoDeadlines.class))
                .containsOnly("P8_one_that_is_scheduled_and_dropped_in_one_commit_is_dropped");
        assertThat(passedBy(NoFeed.class)).isEmpty();
        assertThat(passedBy(NoCheckpoints.class)).containsOnly("a_name_that_was_never_saved_stands_at_the_beginning");
        assertThat(passedBy(NoParking.class)).isEmpty();
        assertThat(passedBy(NoCommandBus.class)).isEmpty();
        assertThat(passedBy(NoEventBus.class)).isEmpty();
    }

    private static List<String> passedBy(Class<?> subject) {
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(subject))
                .execute()
                .testEvents();
        assertThat(tests.failed().count()).isPositive();
        return tests.succeeded().stream().map(ContractsCanFailTest::method).toList();
    }

    private static String method(Event event) {
        return event.getTestDescriptor().getLegacyReportingName().replaceFirst("\\(.*", "");
    }

    private static final class Nothing implements EventStore, Outcomes, Deadlines, Feed, Checkpoints, Parking {

        @Override
        public Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
            return Map.of();
        }

        @Override
        public Map<EventRef, EventEnvelope> stored(Set<EventRef> events) {
            return Map.of();
        }

        @Override
        public Set<StreamId> existing(Set<StreamId> streams) {
            return Set.of();
        }

        @Override
        public List<Scheduled> due(Instant now, Set<UUID> processes, int limit) {
            return List.of();
        }

        @Override
        public void delivered(List<Scheduled> deadlines) {}

        @Override
        public void commit(Commit commit) {}

        @Override
        public Map<UUID, Outcome> find(Collection<UUID> commandIds) {
            return Map.of();
        }

        @Override
        public Map<UUID, UUID> holders(Collection<UUID> requestIds) {
            return Map.of();
        }

        @Override
        public List<Entry> after(long position, int limit) {
            return List.of();
        }

        @Override
        public long load(String name) {
            return 0;
        }

        @Override
        public void save(String name, long position) {}

        @Override
        public void park(Parked message) {}

        @Override
        public boolean parkBehind(Parked message) {
            return false;
        }

        @Override
        public Set<String> closedKeys(String consumer) {
            return Set.of();
        }

        @Override
        public boolean holds(String messageId) {
            return false;
        }

        @Override
        public Map<String, Parked> firstOf(Set<String> correlations) {
            return Map.of();
        }

        @Override
        public Optional<Place> first(Filter filter) {
            return Optional.empty();
        }

        @Override
        public List<Place> list(Filter filter, long after, int limit) {
            return List.of();
        }

        @Override
        public List<Parked> foremost(Filter filter) {
            return List.of();
        }

        @Override
        public List<Parked> leftBehind() {
            return List.of();
        }

        @Override
        public void failed(UUID id, Failure again) {}

        @Override
        public void discard(UUID id, String why) {}

        @Override
        public void finish(UUID id) {}
    }

    static class NoEventStore extends EventStoreContract {
        @Override
        protected StoreAndOutcomes empty() {
            return new StoreAndOutcomes(new Nothing(), new Nothing());
        }
    }

    static class NoDeadlines extends DeadlinesContract {
        @Override
        protected StoreAndDeadlines empty() {
            return new StoreAndDeadlines(new Nothing(), new Nothing());
        }
    }

    static class NoFeed extends FeedContract {
        @Override
        protected StoreAndFeed empty() {
            return new StoreAndFeed(new Nothing(), new Nothing());
        }
    }

    static class NoCheckpoints extends CheckpointsContract {
        @Override
        protected Checkpoints empty() {
            return new Nothing();
        }
    }

    static class NoParking extends ParkingContract {
        @Override
        protected Parking empty() {
            return new Nothing();
        }
    }

    static class NoCommandBus extends CommandBusContract {
        @Override
        protected BusAndSubscribers<CommandBus, CommandEnvelope> empty() {
            return new BusAndSubscribers<>("ferry", _ -> {}, List.of(_ -> {}));
        }

        @Override
        protected Duration patience() {
            return Duration.ZERO;
        }
    }

    static class NoEventBus extends EventBusContract {
        @Override
        protected BusAndSubscribers<EventBus, EventEnvelope> empty() {
            return new BusAndSubscribers<>("ferry", _ -> {}, List.of(_ -> {}));
        }

        @Override
        protected Duration patience() {
            return Duration.ZERO;
        }
    }
}
