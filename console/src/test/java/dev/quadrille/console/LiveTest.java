package dev.quadrille.console;

import static dev.quadrille.console.FakeSystem.document;
import static dev.quadrille.console.FakeSystem.id;
import static dev.quadrille.console.FakeSystem.process;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a page that listens is told, event by event. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveTest {

    /** As many as the console says that it takes. */
    private static final int MOST = 64;

    @AutoClose
    private final FakeSystem system = new FakeSystem();

    @AutoClose
    private final RunningConsole console = RunningConsole.of(system);

    /** What is pushed to one page. */
    private static final class Events implements AutoCloseable {
        private final Stream<String> lines;
        private final Iterator<String> rest;

        Events(Stream<String> lines) {
            this.lines = lines;
            this.rest = lines.iterator();
        }

        record Event(String name, String data) {}

        Event next() {
            var name = rest.next();
            assertThat(name).startsWith("event: ");
            var data = new StringBuilder();
            for (var line = rest.next(); !line.isEmpty(); line = rest.next()) {
                data.append(line.substring("data:".length()).strip()).append('\n');
            }
            return new Event(name.substring("event: ".length()), data.toString().strip());
        }

        /** The next one of this name that says this; others may come before it. */
        Event await(String name, String text) {
            var event = next();
            while (!event.name().equals(name) || !event.data().contains(text)) {
                event = next();
            }
            return event;
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    private Events listen(String path) throws Exception {
        var answer = console.listen(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        return new Events(answer.body());
    }

    @Test
    void a_page_is_told_all_of_it_and_then_what_changes() throws Exception {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        try (var events = listen("/")) {
            assertThat(Stream.generate(events::next).limit(6))
                    .extracting(Events.Event::name)
                    .containsExactly("switches", "processes", "reports", "documents", "orders", "connection");

            system.put(process("p", "d", "2026-11-21T10:00:01Z")
                    .setState("DocumentVoided")
                    .setEnded(true)
                    .build());

            var changed = events.await("processes", "DocumentVoided");
            assertThat(changed.data()).contains(id("p")).doesNotContain("VoidingRequested");
        }
    }

    @Test
    void what_has_not_changed_is_not_told_again() throws Exception {
        system.put(document("d", "c", 1));
        try (var events = listen("/documents")) {
            events.await("documents", id("d"));
            var told = new ArrayList<String>();
            for (var heard = 0; heard < 3; heard += told.getLast().equals("connection") ? 1 : 0) {
                told.add(events.next().name());
            }

            assertThat(told).containsOnly("connection");
        }
    }

    @Test
    void documents_are_shown_though_nothing_tells_of_them() throws Exception {
        try (var events = listen("/documents")) {
            events.await("documents", "No document yet");
            system.put(document("d", "c", 1));

            events.await("documents", id("d"));
        }
    }

    @Test
    void while_the_query_service_is_away_the_page_says_so_and_goes_on_when_it_is_back() throws Exception {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        try (var events = listen("/")) {
            events.await("processes", id("p"));
            system.queryServiceGoes();
            events.await("connection", "does not answer");

            system.put(process("q", "d", "2026-11-21T10:00:05Z").build());
            system.queryServiceComesBack();

            events.await("processes", id("q"));
            events.await("connection", "");
            // The watch is begun anew as well: this one shows at once.
            system.put(
                    process("q", "d", "2026-11-21T10:00:06Z").setState("Later").build());
            events.await("processes", "Later");
        }
    }

    @Test
    void a_page_that_is_not_there_yet_comes() throws Exception {
        try (var events = listen("/processes/" + id("p"))) {
            events.await("process", "There is no such thing, or not yet.");
            system.put(process("p", "d", "2026-11-21T10:00:00Z").build());

            events.await("process", "VoidingRequested");
        }
    }

    @Test
    void so_many_may_listen_and_no_more_until_one_goes() throws Exception {
        var listening = new ArrayList<Events>();
        for (var i = 0; i < MOST; i++) {
            listening.add(listen("/documents"));
        }
        try (var tooMany = listen("/documents")) {
            assertThat(tooMany.next().name()).isEqualTo("full");
        }
        assertThat(console.get("/documents").statusCode()).isEqualTo(200);

        listening.removeFirst().close();

        var answered = "full";
        while (answered.equals("full")) {
            var next = listen("/documents");
            answered = next.next().name();
            listening.add(next);
        }
        assertThat(answered).isEqualTo("documents");
        listening.forEach(Events::close);
    }

    @Test
    void to_stop_lets_go_of_those_who_listen() throws Exception {
        try (var events = listen("/")) {
            events.await("documents", "");
            var begun = System.nanoTime();
            console.close();

            // Far from the grace that a running request has.
            assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(5_000);
        }
    }
}
