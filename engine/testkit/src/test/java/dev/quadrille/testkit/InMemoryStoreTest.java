package dev.quadrille.testkit;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.Parking;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemoryStoreTest {

    @Nested
    class AsEventStore extends EventStoreContract {

        @Override
        protected StoreAndOutcomes empty() {
            var store = new InMemoryStore();
            return new StoreAndOutcomes(store, store);
        }
    }

    @Nested
    class AsDeadlines extends DeadlinesContract {

        @Override
        protected StoreAndDeadlines empty() {
            var store = new InMemoryStore();
            return new StoreAndDeadlines(store, store);
        }
    }

    @Nested
    class AsFeed extends FeedContract {

        @Override
        protected StoreAndFeed empty() {
            var store = new InMemoryStore();
            return new StoreAndFeed(store, store);
        }
    }

    @Nested
    class AsCheckpoints extends CheckpointsContract {

        @Override
        protected Checkpoints empty() {
            return new InMemoryStore();
        }
    }

    @Nested
    class AsParking extends ParkingContract {

        @Override
        protected Parking empty() {
            return new InMemoryStore();
        }
    }
}
