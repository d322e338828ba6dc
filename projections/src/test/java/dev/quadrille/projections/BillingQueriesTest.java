package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.billing.v1.GetDocumentResponse;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.billing.v1.QueryServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BillingQueriesTest {

    @AutoClose
    private final QuerySide side;

    private final Paperwork paper = new Paperwork();

    BillingQueriesTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
    }

    @Test
    void an_issued_document_is_valid_and_has_no_process() {
        side.project(paper.ofDocument(paper.issued()));

        assertThat(get(paper)).isEqualTo(valid(paper).build());
    }

    @Test
    void a_document_that_is_being_voided_is_valid_and_has_the_process() {
        side.project(paper.ofDocument(paper.issued(), paper.requested(paper.process)));

        assertThat(get(paper)).isEqualTo(processed(paper).build());
    }

    @Test
    void a_voided_document_is_void() {
        side.project(paper.ofDocument(paper.issued(), paper.requested(paper.process), paper.voided()));

        assertThat(get(paper)).isEqualTo(processed(paper).setVoided(true).build());
    }

    @Test
    void a_document_that_could_not_be_voided_is_valid_and_keeps_the_process_until_there_is_another() {
        var other = new ProcessId(UUID.randomUUID());
        var events = paper.ofDocument(
                paper.issued(),
                paper.requested(paper.process),
                paper.aborted(),
                paper.acknowledged(),
                paper.requested(other));
        side.project(events.subList(0, 3));
        assertThat(get(paper)).isEqualTo(processed(paper).build());
        side.project(events.subList(3, 4));
        assertThat(get(paper)).isEqualTo(processed(paper).build());

        side.project(events.subList(4, 5));
        assertThat(get(paper))
                .isEqualTo(valid(paper).setProcessId(other.value().toString()).build());
    }

    @Test
    void a_document_is_shown_once_it_is_issued() {
        side.project(paper.ofDocument(paper.requested(paper.process), paper.voided()));

        assertThat(Refusal.of(() -> get(paper))).isEqualTo(new Refusal(NOT_FOUND, "DOCUMENT_NOT_FOUND", List.of()));
        assertThat(list(ListDocumentsRequest.newBuilder())).isEmpty();
    }

    @Test
    void an_id_that_nobody_used_is_not_found() {
        assertThat(Refusal.of(() -> get(new Paperwork())))
                .isEqualTo(new Refusal(NOT_FOUND, "DOCUMENT_NOT_FOUND", List.of()));
    }

    @Test
    void they_are_listed_by_customer() {
        var other = new Paperwork();
        side.project(paper.ofDocument(paper.issued()));
        side.project(other.ofDocument(other.issued()));

        assertThat(list(ListDocumentsRequest.newBuilder())).hasSize(2);
        assertThat(list(ListDocumentsRequest.newBuilder()
                        .setCustomerId(paper.customer.value().toString())))
                .containsExactly(get(paper));
        assertThat(list(ListDocumentsRequest.newBuilder()
                        .setCustomerId(UUID.randomUUID().toString())))
                .isEmpty();
    }

    @Test
    void pages_follow_each_other_by_ascending_id() {
        var papers = Stream.generate(Paperwork::new).limit(5).toList();
        side.project(papers.stream()
                .flatMap(one -> one.ofDocument(one.issued()).stream())
                .toList());
        var told = new ArrayList<String>();
        var token = "";
        do {
            var page = queries()
                    .listDocuments(ListDocumentsRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getDocumentsList().forEach(document -> told.add(document.getDocumentId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(told)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(papers.stream()
                        .map(one -> one.document.value().toString())
                        .toList());
    }

    @Test
    void P12_a_query_waits_for_what_its_token_speaks_of() throws Exception {
        var events = paper.ofDocument(paper.issued(), paper.requested(paper.process), paper.voided());
        side.project(events.subList(0, 2));
        var asked = QueryServiceGrpc.newFutureStub(side.channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .getDocument(GetDocumentRequest.newBuilder()
                        .setDocumentId(paper.document.value().toString())
                        .setConsistencyToken(
                                new ConsistencyToken(Set.of(new StreamVersion(paper.document.stream(), 3))).toString())
                        .build());

        side.project(events);

        assertThat(asked.get())
                .isEqualTo(GetDocumentResponse.newBuilder()
                        .setDocument(processed(paper).setVoided(true))
                        .build());
    }

    private static Document.Builder valid(Paperwork paper) {
        return Document.newBuilder()
                .setDocumentId(paper.document.value().toString())
                .setCustomerId(paper.customer.value().toString())
                .setTotalAmount(WireMoney.toWire(eur(10)));
    }

    private static Document.Builder processed(Paperwork paper) {
        return valid(paper).setProcessId(paper.process.value().toString());
    }

    private Document get(Paperwork paper) {
        return queries()
                .getDocument(GetDocumentRequest.newBuilder()
                        .setDocumentId(paper.document.value().toString())
                        .build())
                .getDocument();
    }

    private List<Document> list(ListDocumentsRequest.Builder request) {
        return queries().listDocuments(request.build()).getDocumentsList();
    }

    private QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(side.channel).withDeadlineAfter(QuerySide.PATIENCE);
    }
}
