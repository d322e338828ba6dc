package dev.quadrille.console.web;

import static dev.quadrille.console.FakeSystem.at;
import static dev.quadrille.console.FakeSystem.document;
import static dev.quadrille.console.FakeSystem.eur;
import static dev.quadrille.console.FakeSystem.id;
import static dev.quadrille.console.FakeSystem.order;
import static dev.quadrille.console.FakeSystem.process;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.quadrille.proto.process.v1.Process;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShowTest {

    private final Show show = new Show();

    @Test
    void money_has_the_decimals_of_its_currency() {
        assertThat(show.money(eur(1_234_567, 5))).isEqualTo("EUR 1,234,567.05");
        assertThat(show.money(eur(10, 0))).isEqualTo("EUR 10.00");
        assertThat(show.money(money("JPY", 1000, 0))).isEqualTo("JPY 1,000");
        assertThat(show.money(money("KWD", 1, 5_000_000))).isEqualTo("KWD 1.005");
        assertThat(show.money(money("EUR", 1, 5_000_000))).isEqualTo("EUR 1.005");
        assertThat(show.money(money("???", 7, 0))).isEqualTo("??? 7");
    }

    private static Money money(String currency, long units, int nanos) {
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(units)
                .setNanos(nanos)
                .build();
    }

    @Test
    void a_time_is_told_with_its_zone_and_none_is_empty() {
        assertThat(show.time(at("2026-11-21T23:59:58.7Z"))).isEqualTo("2026-11-21 23:59:58 UTC");
        assertThat(show.iso(at("2026-11-21T23:59:58.7Z"))).isEqualTo("2026-11-21T23:59:58.700Z");
        assertThat(show.time(Timestamp.getDefaultInstance())).isEmpty();
    }

    @Test
    void an_id_is_cut_and_nothing_else() {
        assertThat(show.brief("934a5b37-8e35-57bf-bb68-afa8ee9890a7")).isEqualTo("934a5b37");
        assertThat(show.brief("not an id")).isEqualTo("not an id");
    }

    @Test
    void a_process_may_be_about_something_else_than_a_document() {
        assertThat(show.documentOf(process("p", "d", "2026-11-21T10:00:00Z").build()))
                .isEqualTo(id("d"));
        assertThat(show.documentOf(
                        Process.newBuilder().setSubject("catering.order/1").build()))
                .isEmpty();
        assertThat(show.orderOf(
                        Process.newBuilder().setSubject("catering.order/1").build()))
                .isEqualTo("1");
        assertThat(show.orderOf(process("p", "d", "2026-11-21T10:00:00Z").build()))
                .isEmpty();
    }

    @Test
    void a_status_is_told_in_a_word() {
        assertThat(show.status(order("o", "c").build())).isEqualTo("open");
        assertThat(show.status(order("o", "c").setStatusValue(99).build())).isEqualTo("unrecognized");
    }

    @ParameterizedTest
    @CsvSource({
        // failed, waits, stuck, ended | acknowledge, retry
        "false, true, false, false, false, true",
        "false, true, true, false, false, true",
        "false, false, false, false, false, false",
        "true, true, false, false, true, false",
        "true, true, true, false, true, true",
        "true, false, false, true, false, false",
        "false, true, false, true, false, false"
    })
    void a_process_offers_what_its_state_allows(
            boolean failed, boolean waits, boolean stuck, boolean ended, boolean acknowledge, boolean retry) {
        var process = Process.newBuilder()
                .setFailed(failed)
                .setWaitingFor(waits ? "an answer" : "")
                .setStuckBecause(stuck ? "its command was discarded" : "")
                .setEnded(ended)
                .build();

        assertThat(show.mayBeAcknowledged(process)).isEqualTo(acknowledge);
        assertThat(show.mayBeRetried(process)).isEqualTo(retry);
    }

    @Test
    void what_has_ended_needs_no_attention() {
        var overdue = Process.newBuilder().setOverdue(true);

        assertThat(show.needsAttention(overdue.build())).isTrue();
        assertThat(show.marks(overdue.build())).containsExactly("overdue");
        assertThat(show.needsAttention(overdue.setEnded(true).build())).isFalse();
        assertThat(show.marks(overdue.build())).containsExactly("ended");
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "FailureAcknowledged, true",
        "VoidingRequested, false",
        "MarkingDocumentAsVoidedSucceeded, false",
        "MarkingDocumentAsVoidedFailed, false"
    })
    void a_document_may_be_voided_unless_that_is_under_way(String state, boolean may) {
        var document = document("d", "c", 1).toBuilder().setProcessState(state);

        assertThat(show.mayBeVoided(document.build())).isEqualTo(may);
        assertThat(show.mayBeVoided(document.setVoided(true).build())).isFalse();
    }

    @Test
    void of_many_the_newest_are_shown() {
        var many = IntStream.range(0, 105).boxed().toList();

        assertThat(show.newest(many)).hasSize(100).startsWith(104, 103).endsWith(5);
        assertThat(show.older(many)).isEqualTo(5);
        assertThat(show.newest(List.of(1, 2))).containsExactly(2, 1);
        assertThat(show.older(List.of(1, 2))).isZero();
    }
}
