package dev.quadrille.testkit;

import static dev.quadrille.testkit.Samples.append;
import static dev.quadrille.testkit.Samples.commit;
import static dev.quadrille.testkit.Samples.stream;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Feed} of an {@link EventStore} promises. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class FeedContract {

    private static final StreamId TERN = stream("tern");
    private static final StreamId GULL = stream("gull");

    private EventStore store;
    private Feed feed;

    /** A store and its feed. */
    public record StoreAndFeed(EventStore store, Feed feed) {}

    /** A store with nothing in it. Called before every test. */
    protected abstract StoreAndFeed empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        var subject = empty();
        store = subject.store();
        feed = subject.feed();
    }

    @Test
    void an_empty_store_has_nothing_new_until_its_first_event() throws Exception {
        assertThat(feed.after(0, 10)).isEmpty();
        assertThat(feed.after(0, 10)).isEmpty();

        var first = append(TERN, 0, 1);
        store.commit(commit(first));

        assertThat(feed.after(0, 10)).extracting(Feed.Entry::event).isEqualTo(first.events());
    }

    @Test
    @Tag("C2.65")
    void events_come_as_they_were_committed_at_growing_positions() throws Exception {
        var first = append(TERN, 0, 2);
        var second = append(GULL, 0, 1);
        var third = append(TERN, 2, 1);
        store.commit(commit(first));
        store.commit(commit(second));
        store.commit(commit(third));

        var entries = feed.after(0, 10);

        assertThat(entries)
                .extracting(Feed.Entry::event)
                .containsExactly(
                        first.events().get(0),
                        first.events().get(1),
                        second.events().get(0),
                        third.events().get(0));
        assertThat(entries)
                .extracting(Feed.Entry::position)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(position -> position > 0);
    }

    @Test
    void a_reader_goes_on_behind_any_entry_within_its_limit() throws Exception {
        store.commit(commit(append(TERN, 0, 3)));
        store.commit(commit(append(GULL, 0, 2)));
        var all = feed.after(0, 10);

        assertThat(feed.after(0, 2)).isEqualTo(all.subList(0, 2));
        assertThat(feed.after(all.get(1).position(), 2)).isEqualTo(all.subList(2, 4));
        assertThat(feed.after(all.get(3).position(), 2)).isEqualTo(all.subList(4, 5));
        assertThat(feed.after(all.get(4).position(), 2)).isEmpty();
    }

    @Test
    void what_lost_a_race_is_not_in_the_feed_and_holds_nothing_up() throws Exception {
        store.commit(commit(append(TERN, 0, 1)));
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> store.commit(commit(append(GULL, 0, 1), append(TERN, 0, 1))));
        var position = feed.after(0, 10).getLast().position();
        assertThat(feed.after(position, 10)).isEmpty();

        store.commit(commit(append(TERN, 1, 1)));

        assertThat(feed.after(0, 10)).hasSize(2);
        assertThat(feed.after(position, 10)).hasSize(1);
    }

    @Test
    void the_events_of_a_large_batch_stay_in_order() throws Exception {
        var large = append(TERN, 0, 5_000);
        store.commit(commit(large));

        assertThat(feed.after(0, 10_000)).extracting(Feed.Entry::event).isEqualTo(large.events());
    }

    @Test
    void P4_a_reader_among_concurrent_committers_misses_nothing_and_sees_each_stream_in_order() throws Exception {
        var committers = 8;
        var commits = 50;
        var writing = new CountDownLatch(committers);
        var read = new ArrayList<Feed.Entry>();

        Collision.<Void>of(committers + 1, i -> () -> {
            if (i == committers) {
                readUntil(writing, read);
            } else {
                try {
                    commitTo(stream("crossing " + i), commits);
                } finally {
                    writing.countDown();
                }
            }
            return null;
        });

        assertThat(read).extracting(Feed.Entry::position).isSorted().doesNotHaveDuplicates();
        assertThat(read.stream()
                        .map(Feed.Entry::event)
                        .collect(groupingBy(event -> event.stream(), mapping(event -> event.version(), toList()))))
                .hasSize(committers)
                .allSatisfy((_, versions) -> assertThat(versions)
                        .isEqualTo(
                                LongStream.rangeClosed(1, 2L * commits).boxed().toList()));
    }

    private void commitTo(StreamId stream, int commits) throws Conflict {
        for (var i = 0; i < commits; i++) {
            store.commit(commit(append(stream, 2L * i, 2)));
        }
    }

    private void readUntil(CountDownLatch written, List<Feed.Entry> read) {
        boolean complete;
        List<Feed.Entry> batch;
        do {
            complete = written.getCount() == 0;
            batch = feed.after(read.isEmpty() ? 0 : read.getLast().position(), 7);
            read.addAll(batch);
        } while (!complete || !batch.isEmpty());
    }
}
