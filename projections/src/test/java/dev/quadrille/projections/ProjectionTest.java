package dev.quadrille.projections;

import static dev.quadrille.projections.generated.Tables.BID;
import static dev.quadrille.projections.generated.Tables.INVESTOR;
import static dev.quadrille.projections.generated.Tables.INVOICE;
import static dev.quadrille.projections.generated.Tables.ISSUER;
import static dev.quadrille.projections.generated.Tables.SOURCE;
import static dev.quadrille.projections.generated.Tables.WAITING;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.Projection;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.projections.financing.FinancingView;
import dev.quadrille.testkit.Collision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionTest {

    private static final Message UNKNOWN = new Message("financing.InvoicePainted.v1", "{}");

    private final TestDatabase tables;
    private final Database database;
    private final Projection projection;
    private final AtomicInteger commits = new AtomicInteger();

    ProjectionTest(TestDatabase tables) {
        this.tables = tables.cleared();
        this.database = new Database(tables.pool());
        this.projection = projection(database);
    }

    private Projection projection(Database on) {
        return new Projection(on, Installation.codec(), ProjectionsApplication.VIEWS, commits::incrementAndGet);
    }

    @ParameterizedTest
    @EnumSource
    void P5_the_streams_of_a_bid_give_the_same_rows_in_every_order(Life life) {
        var orders = Life.interleavings(life.streams(new Story())).size();
        for (var which = 0; which < orders; which++) {
            var story = new Story();
            var order = Life.interleavings(life.streams(story)).get(which);
            order.forEach(event -> project(List.of(event)));
            assertThat(end(story))
                    .as(
                            "after %s",
                            order.stream().map(event -> event.message().type()).toList())
                    .isEqualTo(life.end());
        }
    }

    @ParameterizedTest
    @EnumSource
    void P5_repeats_and_any_disorder_give_the_same_rows(Life life) {
        var shuffle = new Random(42);
        for (var round = 0; round < 25; round++) {
            var story = new Story();
            var events = new ArrayList<>(life.events(story));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, shuffle);
            while (!events.isEmpty()) {
                var batch = events.subList(0, Math.min(events.size(), 1 + shuffle.nextInt(3)));
                project(List.copyOf(batch));
                batch.clear();
            }
            assertThat(end(story)).isEqualTo(life.end());
        }
        assertThat(rows(WAITING)).isEmpty();
    }

    @Test
    void a_batch_gives_the_same_rows_as_its_events_one_by_one() {
        var events = Stream.of(Life.values())
                .flatMap(life -> life.events(new Story()).stream())
                .toList();
        events.forEach(event -> project(List.of(event)));
        var oneByOne = everything();

        tables.cleared();
        project(events);

        assertThat(everything()).isEqualTo(oneByOne);
    }

    @Test
    @Tag("C2.58")
    void P5_repeated_events_change_nothing() {
        var events = Life.COMMITTED.events(new Story());
        project(events);
        var once = everything();

        project(events);
        project(Stream.concat(events.stream(), events.stream()).toList());
        events.forEach(event -> project(List.of(event)));

        assertThat(everything()).isEqualTo(once);
    }

    @Test
    void P6_a_discarded_event_moves_its_stream_on_without_effect() {
        var story = new Story();
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30));
        project(List.of(events.get(0), events.get(2)));

        projection.discard(events.get(1), "counted by hand");
        projection.discard(events.get(1), "again");

        assertThat(reached(story.investor.stream())).isEqualTo(3);
        assertThat(rows(WAITING)).isEmpty();
        assertThat(rows(INVESTOR))
                .singleElement()
                .satisfies(row -> assertThat(row.get(INVESTOR.BALANCE)).isEqualByComparingTo("30"));
    }

    @Test
    void P6_an_event_may_be_discarded_before_its_predecessors_have_come() {
        var story = new Story();
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30));

        projection.discard(events.get(1), "counted by hand");
        project(List.of(events.get(2)));
        assertThat(reached(story.investor.stream())).isZero();
        project(List.of(events.get(0)));

        assertThat(reached(story.investor.stream())).isEqualTo(3);
    }

    @Test
    void an_event_without_a_type_is_unreadable_and_not_passed_over() {
        var story = new Story();
        var created = story.ofInvestor(story.investorCreated()).getFirst();
        var nameless = new EventEnvelope(
                created.id(), created.stream(), 1, created.recordedAt(), created.lineage(), new Message("", ""));

        assertThat(projection.handle(List.of(nameless)).failed())
                .extracting(Failed::reason)
                .hasOnlyElementsOfType(UnreadableMessage.class);
    }

    @Test
    @Tag("C2.56")
    void P5_an_early_event_waits_for_its_predecessors() {
        var story = new Story();
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30));

        project(List.of(events.get(2)));
        project(List.of(events.get(2), events.get(1)));
        assertThat(reached(story.investor.stream())).isZero();
        assertThat(rows(WAITING)).hasSize(2);
        assertThat(rows(INVESTOR)).isEmpty();

        project(List.of(events.get(0)));
        assertThat(reached(story.investor.stream())).isEqualTo(3);
        assertThat(rows(WAITING)).isEmpty();
        assertThat(money(story)).isEqualTo("50 + 0 + 0");
    }

    @Test
    void P5_what_waits_behind_a_further_gap_goes_on_waiting() {
        var story = new Story();
        var events = story.ofInvestor(
                story.investorCreated(), story.fundsAdded(1), story.fundsAdded(2), story.fundsAdded(4));

        project(List.of(events.get(3), events.get(1)));
        project(List.of(events.get(0)));
        assertThat(reached(story.investor.stream())).isEqualTo(2);
        assertThat(rows(WAITING)).hasSize(1);

        project(List.of(events.get(2)));
        assertThat(reached(story.investor.stream())).isEqualTo(4);
        assertThat(rows(WAITING)).isEmpty();
        assertThat(money(story)).isEqualTo("7 + 0 + 0");
    }

    @Test
    @Tag("C2.61")
    @Tag("C2.66")
    void P5_instances_that_take_in_the_same_at_once_change_each_row_once() throws Exception {
        var stories = Stream.generate(Story::new).limit(10).toList();
        var events = stories.stream()
                .flatMap(story -> Life.COMMITTED.events(story).stream())
                .toList();
        Collision.of(6, contender -> () -> {
            var mine = new ArrayList<>(events);
            Collections.shuffle(mine, new Random(contender));
            for (var from = 0; from < mine.size(); from += 20) {
                project(mine.subList(from, Math.min(mine.size(), from + 20)));
            }
            return contender;
        });

        assertThat(stories).extracting(this::end).containsOnly(Life.COMMITTED.end());
        assertThat(rows(WAITING)).isEmpty();
    }

    @Test
    void P5_each_view_is_told_the_events_of_its_categories_as_they_came_also_when_they_waited() {
        var story = new Story();
        var ofInvestor = story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30));
        var ofIssuer = story.ofIssuer();
        var investors = new Listener(Set.of(InvestorId.CATEGORY));
        var both = new Listener(Set.of(InvestorId.CATEGORY, IssuerId.CATEGORY));
        var told = new Projection(database, Installation.codec(), List.of(investors, both), commits::incrementAndGet);

        told.handle(List.of(ofInvestor.get(2)));
        told.discard(ofInvestor.get(1), "counted by hand");
        told.handle(ofIssuer);
        told.handle(ofInvestor.subList(0, 1));

        assertThat(investors.told)
                .containsExactly(
                        new Happened(ofInvestor.get(0), story.investorCreated()),
                        new Happened(ofInvestor.get(2), story.fundsAdded(30)));
        assertThat(both.told)
                .extracting(Happened::envelope)
                .containsExactly(ofIssuer.get(0), ofInvestor.get(0), ofInvestor.get(2));
    }

    @Test
    @Tag("C2.58")
    void what_one_view_can_not_apply_is_undone_in_all() {
        var broken = new Projection(
                database, Installation.codec(), List.of(new FinancingView(), new Broken()), commits::incrementAndGet);
        var issuer = new Story().ofIssuer();

        assertThat(broken.handle(issuer).failed()).extracting(Failed::message).containsExactlyElementsOf(issuer);

        assertThat(rows(ISSUER)).isEmpty();
        assertThat(rows(SOURCE)).isEmpty();
        assertThat(commits).hasValue(0);
    }

    @Test
    void an_event_that_changes_no_row_is_counted() {
        var story = new Story();
        var sell = new SellInvoice(story.invoice, story.issuer, Story.eur(15));
        var rejected = new CommandRejected(
                UUID.fromString(story.processBid.id()),
                "financing.SellInvoice.v1",
                sell.stream(),
                "ISSUER_NOT_FOUND",
                "There is no issuer",
                sell);

        project(Story.stream(story.processBid, List.of(rejected)));

        assertThat(reached(story.processBid)).isEqualTo(1);
        assertThat(rows(BID)).isEmpty();
    }

    @Test
    void an_event_of_a_category_that_no_table_is_made_of_leaves_no_trace() {
        project(List.of(Story.envelope(new StreamId("ferry.crossing", "tern"), 1, UNKNOWN)));

        assertThat(rows(SOURCE)).isEmpty();
        assertThat(commits).hasValue(0);
    }

    @Test
    void P6_an_event_of_an_unknown_type_fails_alone_and_later_ones_of_its_stream_wait() {
        var story = new Story();
        var created = story.ofInvoice(story.invoiceCreated()).getFirst();
        var unknown = Story.envelope(story.invoice.stream(), 2, UNKNOWN);
        var later = Story.envelope(story.invoice.stream(), 3, UNKNOWN);
        var other = story.ofIssuer().getFirst();

        var handled = projection.handle(List.of(created, unknown, later, other));

        assertThat(handled.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.message()).isEqualTo(unknown);
            assertThat(failed.reason()).isInstanceOf(UnreadableMessage.class);
        });
        assertThat(handled.held()).containsExactly(later);
        assertThat(reached(story.invoice.stream())).isEqualTo(1);
        assertThat(rows(ISSUER)).hasSize(1);
    }

    @Test
    void P6_an_early_event_that_can_not_be_read_fails_before_it_waits() {
        var unknown = Story.envelope(new Story().invoice.stream(), 7, UNKNOWN);

        assertThat(projection.handle(List.of(unknown)).failed())
                .extracting(Failed::message)
                .containsExactly(unknown);
        assertThat(rows(WAITING)).isEmpty();
    }

    @Test
    void a_command_in_the_place_of_an_event_fails() {
        var story = new Story();
        var command = Installation.codec().encode(new ApproveFinancing(story.invoice));
        var event = Story.envelope(story.invoice.stream(), 1, command);

        assertThat(projection.handle(List.of(event)).failed())
                .extracting(Failed::message)
                .containsExactly(event);
    }

    @Test
    void a_name_that_the_database_can_not_hold_is_shown_all_the_same() {
        var story = new Story();
        project(Story.stream(story.issuer.stream(), List.of(new IssuerCreated(story.issuer, "A\0B"))));

        assertThat(rows(ISSUER)).singleElement().asString().contains("A\uFFFDB");
    }

    @Test
    void what_changed_is_told_after_each_commit() {
        var story = new Story();
        project(Life.WON.events(story));
        project(story.ofIssuer());

        assertThat(commits).hasValue(2);
    }

    @Test
    void P6_without_the_database_nothing_is_finished() {
        try (var pool = Postgres.pool(QuerySide.nowhere())) {
            var batch = new Story().ofIssuer();

            assertThatThrownBy(() -> projection(new Database(pool)).handle(batch))
                    .isInstanceOf(Unavailable.class);
        }
    }

    private void project(List<EventEnvelope> batch) {
        var handled = projection.handle(batch);
        assertThat(handled.failed()).isEmpty();
        assertThat(handled.held()).isEmpty();
    }

    /** As {@link Life#end()} has it. */
    private String end(Story story) {
        return String.join("; ", invoice(story), bid(story), money(story));
    }

    private String invoice(Story story) {
        return database.run(jooq -> jooq.selectFrom(INVOICE)
                .where(INVOICE.INVOICE_ID.eq(story.invoice.value()), INVOICE.ISSUER_ID.isNotNull())
                .fetchOptional(row -> row.getStatus().replace("INVOICE_STATUS_", ""))
                .orElse(""));
    }

    private String bid(Story story) {
        return database.run(jooq -> jooq.selectFrom(BID)
                .where(BID.BID_ID.eq(story.bid.value()))
                .fetchSingle(row -> row.getStatus().replace("BID_STATUS_", "") + "; "
                        + Stream.of(row.getRejectedBecause(), row.getUnprocessedBecause())
                                .filter(Objects::nonNull)
                                .collect(joining())));
    }

    private String money(Story story) {
        return database.run(jooq -> jooq.selectFrom(INVESTOR)
                .where(INVESTOR.INVESTOR_ID.eq(story.investor.value()))
                .fetchSingle(row -> Stream.of(row.getBalance(), row.getReserved(), row.getCommitted())
                        .map(amount -> amount.stripTrailingZeros().toPlainString())
                        .collect(joining(" + "))));
    }

    private long reached(StreamId stream) {
        return database.run(jooq -> jooq.selectFrom(SOURCE)
                .where(SOURCE.STREAM.eq(stream.toString()))
                .fetchSingle(SOURCE.VERSION));
    }

    /** All rows of all tables, without the transactions that wrote them. */
    private List<List<Record>> everything() {
        return Stream.of(SOURCE, WAITING, ISSUER, INVESTOR, INVOICE, BID)
                .map(this::rows)
                .toList();
    }

    private List<Record> rows(Table<?> table) {
        var columns = table.fieldStream()
                .filter(column -> !column.getName().equals("changed_by"))
                .toList();
        return database.run(jooq ->
                List.copyOf(jooq.select(columns).from(table).orderBy(columns).fetch()));
    }

    /** Keeps what it is told. */
    private record Listener(Set<String> categories, List<Happened> told) implements View {

        Listener(Set<String> categories) {
            this(categories, new ArrayList<>());
        }

        @Override
        public void apply(DSLContext transaction, List<Happened> events) {
            told.addAll(events);
        }
    }

    private record Broken() implements View {

        @Override
        public Set<String> categories() {
            return Set.of(IssuerId.CATEGORY);
        }

        @Override
        public void apply(DSLContext transaction, List<Happened> events) {
            throw new IllegalArgumentException("Not this one");
        }
    }
}
