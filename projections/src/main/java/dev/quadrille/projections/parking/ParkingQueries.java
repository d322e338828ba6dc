package dev.quadrille.projections.parking;

import static dev.quadrille.queries.Times.timestamp;

import com.google.protobuf.ByteString;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Parking.Place;
import dev.quadrille.proto.parking.v1.GetParkedRequest;
import dev.quadrille.proto.parking.v1.GetParkedResponse;
import dev.quadrille.proto.parking.v1.ListParkedRequest;
import dev.quadrille.proto.parking.v1.ListParkedResponse;
import dev.quadrille.proto.parking.v1.ParkedMessage;
import dev.quadrille.proto.parking.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.queries.Calls;
import dev.quadrille.queries.Page;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Shows what is parked, wherever it is. Sees only requests that keep the rules of their proto. */
public final class ParkingQueries extends QueryServiceImplBase {

    /** An answer is at most 4 MiB long. */
    private static final int LONGEST_BODY = 1 << 20;

    private final List<Parking> parkings;

    /** A message in its place in one of the parkings. */
    private record Found(int parking, Place place) {

        /** Ascending in the order of the list. */
        UUID position() {
            return new UUID(parking, place.number());
        }
    }

    /** @param parkings in the order in which they are listed */
    public ParkingQueries(Parking... parkings) {
        this.parkings = List.of(parkings);
    }

    @Override
    public void getParked(GetParkedRequest request, StreamObserver<GetParkedResponse> responses) {
        Calls.answer(responses, () -> {
            var one = Filter.message(UUID.fromString(request.getParkedId()));
            var parked = parkings.stream()
                    .flatMap(parking -> parking.first(one).stream())
                    .findFirst()
                    .orElseThrow(() -> GrpcErrors.notFound(
                            "PARKED_NOT_FOUND",
                            "There is no parked message " + request.getParkedId() + ", or not any more"))
                    .parked();
            return GetParkedResponse.newBuilder()
                    .setParked(message(parked))
                    .setStack(parked.failure().stack())
                    .putAllHeaders(parked.headers())
                    .setBody(ByteString.copyFrom(
                            parked.body().slice(0, Math.min(parked.body().limit(), LONGEST_BODY))))
                    .build();
        });
    }

    @Override
    public void listParked(ListParkedRequest request, StreamObserver<ListParkedResponse> responses) {
        var filter = new Filter(null, "", request.getStream(), request.getFingerprint(), "");
        Calls.answer(responses, () -> {
            var page = Page.of(request, Found::position, (after, limit) -> found(filter, after, limit));
            return ListParkedResponse.newBuilder()
                    .addAllParked(page.as(found -> message(found.place().parked())))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    private List<Found> found(Filter filter, Optional<UUID> after, int limit) {
        var found = new ArrayList<Found>();
        var first = after.map(UUID::getMostSignificantBits).orElse(0L).intValue();
        var number = after.map(UUID::getLeastSignificantBits).orElse(0L);
        for (var parking = first; parking < parkings.size(); parking++) {
            for (var place : parkings.get(parking).list(filter, parking == first ? number : 0, limit - found.size())) {
                found.add(new Found(parking, place));
            }
        }
        return found;
    }

    private static ParkedMessage message(Parked parked) {
        return ParkedMessage.newBuilder()
                .setParkedId(parked.id().toString())
                .setConsumer(parked.consumer())
                .setMessageId(parked.messageId())
                .setType(parked.type())
                .setStream(parked.key())
                .setAttempts(parked.failure().attempts())
                .setReason(parked.failure().reason())
                .setFingerprint(parked.failure().fingerprint())
                .setParkedAt(timestamp(parked.parkedAt()))
                .setDiscardReason(parked.discarded() == null ? "" : parked.discarded())
                .build();
    }
}
