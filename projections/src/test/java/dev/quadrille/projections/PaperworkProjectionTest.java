package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static dev.quadrille.projections.generated.Tables.CUSTOMER_REPORT;
import static dev.quadrille.projections.generated.Tables.ISSUED_DOCUMENT;
import static dev.quadrille.projections.generated.Tables.REPORTED_DOCUMENT;
import static dev.quadrille.projections.generated.Tables.SOURCE;
import static dev.quadrille.projections.generated.Tables.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.Billing;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What billing's and reports' events make of their tables, in whatever order and however often they come. */
@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaperworkProjectionTest {

    private final TestDatabase tables;
    private final Database database;

    @AutoClose
    private final QuerySide side;

    private final Paperwork paper = new Paperwork();
    private final DocumentId second = new DocumentId(UUID.randomUUID());
    private final List<EventEnvelope> ofDocument =
            paper.ofDocument(paper.issued(), paper.requested(paper.process), paper.voided());
    private final List<EventEnvelope> ofReports = paper.ofReports(
            paper.marked(paper.document),
            paper.addedAsVoided(),
            paper.added(paper.report, second, eur(5)),
            paper.marked(second),
            paper.published(paper.report));
    private final List<EventEnvelope> all =
            Stream.of(ofDocument, ofReports).flatMap(List::stream).toList();

    PaperworkProjectionTest(TestDatabase tables) {
        this.tables = tables.cleared();
        this.database = new Database(tables.pool());
        this.side = new QuerySide(tables);
    }

    @Test
    void P5_the_streams_give_the_same_rows_in_every_order() {
        side.project(all);
        var expected = everything();

        for (var order : Life.interleavings(List.of(ofDocument, ofReports))) {
            tables.cleared();
            order.forEach(event -> side.project(List.of(event)));
            assertThat(everything()).isEqualTo(expected);
        }
    }

    @Test
    void P5_repeats_and_any_disorder_give_the_same_rows() {
        side.project(all);
        var expected = everything();

        var shuffle = new Random(42);
        for (var round = 0; round < 25; round++) {
            tables.cleared();
            var events = new ArrayList<>(all);
            events.addAll(all);
            Collections.shuffle(events, shuffle);
            while (!events.isEmpty()) {
                var batch = events.subList(0, Math.min(events.size(), 1 + shuffle.nextInt(3)));
                side.project(List.copyOf(batch));
                batch.clear();
            }
            assertThat(everything()).isEqualTo(expected);
        }
        assertThat(rows(WAITING)).isEmpty();
    }

    @Test
    void a_rejection_is_counted_and_changes_no_row() {
        var command = UUID.randomUUID();
        var stream = CommandRejected.streamOf(Billing.CONTEXT, command);
        side.project(Story.stream(
                stream,
                List.of(new CommandRejected(
                        command,
                        "billing.VoidDocument.v1",
                        paper.document.stream(),
                        "DOCUMENT_NOT_FOUND",
                        "There is no document",
                        new VoidDocument(paper.document, paper.process)))));

        assertThat(rows(SOURCE))
                .singleElement()
                .satisfies(row -> assertThat(row.get(SOURCE.STREAM)).isEqualTo(stream.toString()));
        assertThat(rows(ISSUED_DOCUMENT)).isEmpty();
    }

    /** All rows of all tables, without the transactions that wrote them. */
    private List<List<Record>> everything() {
        return Stream.of(SOURCE, WAITING, ISSUED_DOCUMENT, CUSTOMER_REPORT, REPORTED_DOCUMENT)
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
}
