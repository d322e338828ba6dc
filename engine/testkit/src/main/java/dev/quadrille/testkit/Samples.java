package dev.quadrille.testkit;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the contract suites store and send. Each message differs from every other in each of its fields. */
final class Samples {

    private static final Instant BEGINNING = Instant.parse("2026-02-28T23:59:59.999999Z");

    private Samples() {}

    static StreamId stream(String name) {
        return new StreamId("ferry.crossing", name);
    }

    static EventEnvelope event(StreamId stream, long version) {
        return new EventEnvelope(
                UUID.randomUUID(),
                stream,
                version,
                BEGINNING.plusNanos(1_000 * version),
                lineage(stream, version),
                message("ferry.VehicleBoarded.v", stream, version));
    }

    /** The n-th command of a stream; every other has a request id. */
    static CommandEnvelope command(StreamId stream, long n) {
        return new CommandEnvelope(
                UUID.randomUUID(),
                n % 2 == 0 ? UUID.randomUUID() : null,
                stream,
                BEGINNING.plusNanos(1_000 * n),
                lineage(stream, n),
                message("ferry.BoardVehicle.v", stream, n));
    }

    private static Lineage lineage(StreamId stream, long n) {
        return new Lineage(UUID.randomUUID(), UUID.randomUUID(), "00-%032x-%016x-01".formatted(stream.hashCode(), n));
    }

    private static Message message(String type, StreamId stream, long n) {
        // Neither the keys' order nor a space or a sign may change on the way.
        return new Message(
                type + n,
                "{\"vehicle\": \"Fähre ⛴ 'n \\\"%s\\\" \\\\ {,}\",  \"at\":%d, \"a\":null}".formatted(stream, n));
    }

    /** Events that follow this version of the stream. */
    static Append append(StreamId stream, long expectedVersion, int events) {
        return new Append(
                stream,
                expectedVersion,
                LongStream.rangeClosed(expectedVersion + 1, expectedVersion + events)
                        .mapToObj(version -> event(stream, version))
                        .toList());
    }

    static Commit commit(Append... appends) {
        return new Commit(List.of(appends), List.of());
    }

    static Commit commit(Outcome... outcomes) {
        return new Commit(List.of(), List.of(outcomes));
    }

    static Outcome accepted(@Nullable UUID requestId) {
        return new Outcome(
                UUID.randomUUID(),
                requestId,
                "ferry.BoardVehicle.v1",
                UUID.randomUUID(),
                BEGINNING,
                new Outcome.Accepted(new StreamVersion(stream("accepted"), 7), 3));
    }

    static Outcome rejected(@Nullable UUID requestId) {
        return new Outcome(
                UUID.randomUUID(),
                requestId,
                null,
                null,
                BEGINNING,
                new Outcome.Rejected(
                        new Rejection("DECK_FULL", "The deck of 'Tern' is full: 600 of 600 cm"),
                        new StreamVersion(stream("rejected"), 1)));
    }
}
