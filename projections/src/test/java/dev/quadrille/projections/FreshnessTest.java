package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.DEADLINE_EXCEEDED;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FreshnessTest {

    /** A forged token, of {@code financing.issuer/} and NUL, which would fail the look of all who wait. */
    private static final String OF_NUL = "AQATZmluYW5jaW5nLmlzc3Vlci_AgAAAAAAAAAAB";

    private final TestDatabase tables;

    @AutoClose
    private final QuerySide side;

    private final Story story = new Story();

    FreshnessTest(TestDatabase tables) {
        this.tables = tables;
        side = new QuerySide(tables.cleared());
    }

    @Test
    void P12_a_query_waits_for_what_its_token_speaks_of() throws Exception {
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(20));
        side.project(events.subList(0, 1));
        var asked = ask(token(story.investor.stream(), 2));

        side.project(events);

        assertThat(asked.get().getInvestor().getBalance()).isEqualTo(WireMoney.toWire(eur(20)));
    }

    @Test
    void P12_it_does_not_matter_which_instance_takes_it_in() throws Exception {
        try (var other = new QuerySide(tables)) {
            var asked = ask(token(story.investor.stream(), 2));

            other.project(story.ofInvestor(story.investorCreated(), story.fundsAdded(20)));

            assertThat(asked.get().getInvestor().getBalance()).isEqualTo(WireMoney.toWire(eur(20)));
        }
    }

    @Test
    void P12_a_watch_waits_as_well() {
        var watch = side.queries()
                .watchInvestors(WatchInvestorsRequest.newBuilder()
                        .setConsistencyToken(token(story.investor.stream(), 2))
                        .build());
        side.project(story.ofInvestor(story.investorCreated(), story.fundsAdded(20)));

        assertThat(watch.next().getInvestor().getBalance()).isEqualTo(WireMoney.toWire(eur(20)));
    }

    @Test
    void P12_streams_of_other_categories_are_not_waited_for() {
        assertThat(issuers(token(new StreamId("ferry.crossing", "tern"), 7))).isZero();
    }

    @Test
    void P12_a_query_waits_no_longer_than_its_deadline() {
        var impatient = QueryServiceGrpc.newBlockingStub(side.channel).withDeadlineAfter(Duration.ofMillis(200));

        assertThat(Refusal.of(() -> impatient.listIssuers(ListIssuersRequest.newBuilder()
                                .setConsistencyToken(token(story.issuer.stream(), 1))
                                .build()))
                        .code())
                .isEqualTo(DEADLINE_EXCEEDED);
    }

    @Test
    void P12_a_query_without_a_deadline_does_not_wait_for_ever() {
        var patient = QueryServiceGrpc.newBlockingStub(side.channel);

        assertThat(Refusal.of(() -> patient.listIssuers(ListIssuersRequest.newBuilder()
                        .setConsistencyToken(token(story.issuer.stream(), 1))
                        .build())))
                .isEqualTo(new Refusal(DEADLINE_EXCEEDED, "NOT_SHOWN_YET", List.of()));
    }

    @Test
    void P9_what_is_no_token_is_refused() {
        var refused = new Refusal(INVALID_ARGUMENT, "INVALID_REQUEST", List.of("consistency_token"));

        assertThat(Refusal.of(() -> issuers("not a token"))).isEqualTo(refused);
        assertThat(Refusal.of(() -> issuers(OF_NUL))).isEqualTo(refused);
        assertThat(Refusal.of(() -> side.queries()
                        .watchInvestors(WatchInvestorsRequest.newBuilder()
                                .setConsistencyToken("AQAA")
                                .build())
                        .hasNext()))
                .isEqualTo(refused);
    }

    @Test
    void P10_a_stopping_service_lets_nobody_wait() throws Exception {
        var asked = ask(token(story.investor.stream(), 1));
        side.server.close();

        assertThat(asked).failsWithin(QuerySide.PATIENCE).withThrowableThat().withMessageContaining(UNAVAILABLE.name());
    }

    private Future<dev.quadrille.proto.financing.v1.GetInvestorResponse> ask(String token) {
        return QueryServiceGrpc.newFutureStub(side.channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .getInvestor(GetInvestorRequest.newBuilder()
                        .setInvestorId(story.investor.value().toString())
                        .setConsistencyToken(token)
                        .build());
    }

    private int issuers(String token) {
        return side.queries()
                .listIssuers(ListIssuersRequest.newBuilder()
                        .setConsistencyToken(token)
                        .build())
                .getIssuersCount();
    }

    private static String token(StreamId stream, long version) {
        return new ConsistencyToken(Set.of(new StreamVersion(stream, version))).toString();
    }
}
