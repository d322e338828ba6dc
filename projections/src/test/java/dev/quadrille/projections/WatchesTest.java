package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.UNAVAILABLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import dev.quadrille.proto.financing.v1.WatchInvestorsResponse;
import dev.quadrille.proto.financing.v1.WatchInvoicesRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchesTest {

    private final TestDatabase tables;

    @AutoClose
    private final QuerySide side;

    WatchesTest(TestDatabase tables) {
        this.tables = tables;
        side = new QuerySide(tables.cleared());
    }

    @Test
    void a_watch_tells_what_is_there_and_then_what_changes() {
        var story = new Story();
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(20), story.fundsAdded(30));
        side.project(events.subList(0, 2));
        var watch = investors();
        assertThat(balance(watch)).isEqualTo(eur(20));

        side.project(events);
        assertThat(balance(watch)).isEqualTo(eur(50));
    }

    @Test
    void a_watch_sees_what_another_instance_takes_in() {
        try (var other = new QuerySide(tables)) {
            var here = investors();
            var there = investors(other);
            var first = new Story();
            other.project(first.ofInvestor(first.investorCreated()));
            assertThat(next(here)).isEqualTo(first.investor.value().toString());
            assertThat(next(there)).isEqualTo(first.investor.value().toString());

            var second = new Story();
            side.project(second.ofInvestor(second.investorCreated()));
            assertThat(next(here)).isEqualTo(second.investor.value().toString());
            assertThat(next(there)).isEqualTo(second.investor.value().toString());
        }
    }

    @Test
    void a_change_that_commits_after_later_ones_is_not_missed() {
        var slow = new Story();
        var fast = new Story();
        side.project(slow.ofInvestor(slow.investorCreated()));
        var watch = investors();
        next(watch);

        new Database(tables.pool()).transact(transaction -> {
            transaction.execute("update investor set name = 'slow'");
            side.project(fast.ofInvestor(fast.investorCreated()));
            assertThat(next(watch)).isEqualTo(fast.investor.value().toString());
        });

        assertThat(watch.next().getInvestor().getName()).isEqualTo("slow");
    }

    @Test
    void a_watch_tells_only_rows_that_match() {
        var watched = new Story();
        var other = new Story();
        var watch = side.queries()
                .watchInvestors(WatchInvestorsRequest.newBuilder()
                        .addInvestorIds(watched.investor.value().toString())
                        .build());

        side.project(other.ofInvestor(other.investorCreated()));
        side.project(watched.ofInvestor(watched.investorCreated()));

        assertThat(next(watch)).isEqualTo(watched.investor.value().toString());
    }

    @Test
    void an_invoice_is_told_when_it_comes_to_match_and_no_more_when_it_does_not() {
        var watch = side.queries()
                .watchInvoices(WatchInvoicesRequest.newBuilder()
                        .setStatus(InvoiceStatus.INVOICE_STATUS_FINANCED)
                        .build());
        var first = new Story();
        side.project(first.ofInvoice(first.invoiceCreated()));
        side.project(first.ofInvoice(first.invoiceCreated(), first.financed()));
        assertThat(watch.next().getInvoice().getInvoiceId())
                .isEqualTo(first.invoice.value().toString());

        side.project(first.ofInvoice(first.invoiceCreated(), first.financed(), first.approved()));
        var second = new Story();
        side.project(second.ofInvoice(second.invoiceCreated(), second.financed()));
        assertThat(watch.next().getInvoice().getInvoiceId())
                .isEqualTo(second.invoice.value().toString());
    }

    @Test
    void more_rows_than_a_page_are_all_told() {
        var stories = Stream.generate(Story::new).limit(1_200).toList();
        side.project(stories.stream()
                .flatMap(story -> story.ofInvestor(story.investorCreated()).stream())
                .toList());
        var watch = investors();

        var told = Stream.generate(() -> next(watch)).limit(1_200).toList();

        assertThat(told).doesNotHaveDuplicates();
    }

    @Test
    void a_caller_who_reads_slowly_gets_the_newest_state_and_holds_nobody_up() throws Exception {
        var changes = 5;
        var stories = Stream.generate(Story::new).limit(60).toList();
        var padding = "x".repeat(100_000);
        stories.forEach(story -> side.project(history(story, padding, 0)));
        var slow = new SlowCaller();
        QueryServiceGrpc.newStub(side.channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .watchInvestors(WatchInvestorsRequest.getDefaultInstance(), slow);
        slow.take();

        for (var change = 1; change <= changes; change++) {
            for (var story : stories) {
                side.project(history(story, padding, change));
            }
        }
        var newest = new HashMap<String, Money>();
        var told = 1;
        while (newest.values().stream().filter(eur(changes)::equals).count() < stories.size()) {
            var investor = slow.take();
            newest.put(investor.getInvestorId(), WireMoney.fromWire(investor.getBalance()));
            told++;
        }

        assertThat(told).isLessThan(stories.size() * changes);
    }

    private static List<EventEnvelope> history(Story story, String name, int deposits) {
        var events = new ArrayList<Event>();
        events.add(new InvestorCreated(story.investor, name, Story.EUR));
        for (var deposit = 0; deposit < deposits; deposit++) {
            events.add(story.fundsAdded(1));
        }
        return story.ofInvestor(events.toArray(Event[]::new));
    }

    @Test
    void P10_a_stopping_service_ends_its_watches() {
        var watch = investors();
        var story = new Story();
        side.project(story.ofInvestor(story.investorCreated()));
        next(watch);

        side.server.close();

        assertThat(Refusal.of(watch::hasNext)).isEqualTo(new Refusal(UNAVAILABLE, "DATABASE_UNAVAILABLE", List.of()));
    }

    private Iterator<WatchInvestorsResponse> investors() {
        return investors(side);
    }

    private static Iterator<WatchInvestorsResponse> investors(QuerySide side) {
        return side.queries().watchInvestors(WatchInvestorsRequest.getDefaultInstance());
    }

    private static String next(Iterator<WatchInvestorsResponse> watch) {
        return watch.next().getInvestor().getInvestorId();
    }

    private static Money balance(Iterator<WatchInvestorsResponse> watch) {
        return WireMoney.fromWire(watch.next().getInvestor().getBalance());
    }

    /** Takes answers one by one, when it is told to. */
    private static final class SlowCaller
            implements ClientResponseObserver<WatchInvestorsRequest, WatchInvestorsResponse> {

        private final BlockingQueue<Investor> told = new LinkedBlockingQueue<>();
        private final CompletableFuture<ClientCallStreamObserver<WatchInvestorsRequest>> call =
                new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchInvestorsRequest> started) {
            started.disableAutoRequestWithInitial(0);
            call.complete(started);
        }

        Investor take() throws InterruptedException {
            call.join().request(1);
            return Objects.requireNonNull(told.poll(QuerySide.PATIENCE.toSeconds(), SECONDS), "Nothing was told");
        }

        @Override
        public void onNext(WatchInvestorsResponse response) {
            told.add(response.getInvestor());
        }

        @Override
        public void onError(Throwable canceled) {}

        @Override
        public void onCompleted() {}
    }
}
