package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Timestamp;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.IssueDocumentResponse;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentResponse;
import dev.quadrille.proto.catering.v1.OfferMenuRequest;
import dev.quadrille.proto.catering.v1.OfferMenuResponse;
import dev.quadrille.proto.catering.v1.PlaceOrderRequest;
import dev.quadrille.proto.catering.v1.PlaceOrderResponse;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceResponse;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P2: the same request has the same ids, any other has others. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdsTest {

    private final TestService service = new TestService();

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @Tag("C2.17")
    @MethodSource("dev.quadrille.listener.Requests#methods")
    void P2_the_same_request_has_the_same_answer_and_is_the_same_command(MethodDescriptor method) {
        var request = Requests.wellFormed(method.getInputType());

        var answer = service.call(method, request);

        assertThat(service.call(method, request)).isEqualTo(answer);
        assertThat(service.call(method, Requests.rewritten(request))).isEqualTo(answer);
        assertThat(service.enqueued())
                .hasSize(3)
                .extracting(CommandEnvelope::message)
                .containsOnly(service.enqueued().getFirst().message());
        assertThat(service.enqueued())
                .extracting(CommandEnvelope::id)
                .containsOnly(service.enqueued().getFirst().id());
    }

    @ParameterizedTest
    @MethodSource("dev.quadrille.listener.Requests#fields")
    void P2_another_value_in_any_field_makes_another_command(MethodDescriptor method, FieldDescriptor field) {
        var request = Requests.wellFormed(method.getInputType());

        service.call(method, request);
        service.call(method, Requests.withAnother(field, request));

        assertThat(service.enqueued())
                .hasSize(2)
                .extracting(CommandEnvelope::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void P2_another_method_with_the_same_values_makes_another_command() {
        service.stub()
                .approveFinancing(ApproveFinancingRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setInvoiceId(Requests.ID)
                        .build());
        service.stub()
                .reverseFinancing(ReverseFinancingRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setInvoiceId(Requests.ID)
                        .build());

        assertThat(service.enqueued())
                .hasSize(2)
                .extracting(CommandEnvelope::id)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dev.quadrille.listener.Requests#methods")
    void without_a_request_id_every_call_is_a_command_of_its_own(MethodDescriptor method) {
        var request = Requests.without(
                method.getInputType().findFieldByName("request_id"), Requests.wellFormed(method.getInputType()));

        service.call(method, request);
        service.call(method, request);

        assertThat(service.enqueued())
                .hasSize(2)
                .extracting(CommandEnvelope::id)
                .doesNotHaveDuplicates();
        assertThat(service.enqueued()).extracting(CommandEnvelope::requestId).containsOnlyNulls();
    }

    /** Published: were they derived in another way, a request repeated across an upgrade would be a second one. */
    @Test
    void P2_ids_are_derived_as_they_always_were() {
        var answer = service.stub()
                .bidOnInvoice(BidOnInvoiceRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setInvestorId(Requests.ID)
                        .setInvoiceId(Requests.ID)
                        .setAmount(Requests.money("EUR", 20, 500_000_000))
                        .build());

        assertThat(answer)
                .isEqualTo(BidOnInvoiceResponse.newBuilder()
                        .setCommandId("8bfd633b-80c9-58d4-ac18-40162786c990")
                        .setBidId("724530a9-e85a-5cee-978d-f61366b6f0eb")
                        .build());
    }

    @Test
    void P2_a_documents_ids_are_derived_as_they_always_were() {
        var answer = service.billing()
                .issueDocument(IssueDocumentRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setCustomerId(Requests.ID)
                        .setTotalAmount(Requests.money("EUR", 20, 500_000_000))
                        .build());

        assertThat(answer)
                .isEqualTo(IssueDocumentResponse.newBuilder()
                        .setCommandId("deff0c82-9b6e-5c7d-abc8-6e01226c7b3b")
                        .setDocumentId("6ca1804a-70a6-5118-abe9-a34d9800563c")
                        .build());
    }

    @Test
    void P2_the_process_that_voids_a_document_has_the_id_of_its_command() {
        var answer = service.billing()
                .voidDocument(VoidDocumentRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setDocumentId(Requests.ID)
                        .build());

        assertThat(answer)
                .isEqualTo(VoidDocumentResponse.newBuilder()
                        .setCommandId("0895031a-3aab-50c1-a4bf-2e950f5067a4")
                        .setProcessId("0895031a-3aab-50c1-a4bf-2e950f5067a4")
                        .build());
    }

    @Test
    void P2_an_orders_and_a_menus_ids_are_derived_as_they_always_were() {
        var placed = service.catering()
                .placeOrder(PlaceOrderRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setCustomerId(Requests.ID)
                        .setOffersEndAt(Timestamp.newBuilder().setSeconds(4_000_000_000L))
                        .build());
        var offered = service.catering()
                .offerMenu(OfferMenuRequest.newBuilder()
                        .setRequestId(Requests.ID)
                        .setOrderId(Requests.ID)
                        .setCatererId(Requests.ID)
                        .setDescription("Soup & bread")
                        .setPrice(Requests.money("EUR", 20, 500_000_000))
                        .build());

        assertThat(placed)
                .isEqualTo(PlaceOrderResponse.newBuilder()
                        .setCommandId("173a3b9e-50e2-5655-882e-3b096c6b69c0")
                        .setOrderId("5c4059f4-13f0-5a47-ab75-ae37e4c6393e")
                        .build());
        assertThat(offered)
                .isEqualTo(OfferMenuResponse.newBuilder()
                        .setCommandId("858bbc18-514f-54cb-b947-896d13245225")
                        .setMenuId("3ab2b610-3e45-5e02-bb99-1d892051cf85")
                        .build());
    }
}
