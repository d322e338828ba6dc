package dev.quadrille.queries;

import static dev.quadrille.postgres.generated.Tables.SOURCE;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.jooq.impl.DSL.any;

import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.Database;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Lets a query wait until the tables have taken in what its consistency token speaks of (P12). */
public final class Freshness implements AutoCloseable {

    private static final Duration WITHOUT_DEADLINE = Duration.ofSeconds(5);

    private final Lookout<Set<StreamVersion>, Set<StreamVersion>> reached;

    public Freshness(Database database) {
        this.reached = new Lookout<>(
                "freshness", wanted -> reached(database, wanted), Duration.ofMillis(10), Duration.ofMillis(25));
    }

    private static Map<Set<StreamVersion>, Set<StreamVersion>> reached(
            Database database, Set<Set<StreamVersion>> wanted) {
        var streams = wanted.stream()
                .flatMap(Set::stream)
                .map(place -> place.stream().toString())
                .distinct()
                .toArray(String[]::new);
        var versions = database.run(jooq ->
                jooq.selectFrom(SOURCE).where(SOURCE.STREAM.eq(any(streams))).fetchMap(SOURCE.STREAM, SOURCE.VERSION));
        return wanted.stream()
                .filter(places -> places.stream()
                        .allMatch(place -> versions.getOrDefault(place.stream().toString(), 0L) >= place.version()))
                .collect(toUnmodifiableMap(Function.identity(), Function.identity()));
    }

    /**
     * Waits on the thread of a call for what its token speaks of in streams of these categories, within its deadline.
     *
     * @param token empty for none
     * @throws StatusRuntimeException INVALID_ARGUMENT if that is no token, DEADLINE_EXCEEDED if it takes too long
     * @throws dev.quadrille.kernel.Unavailable if the database is away, or this is closed
     */
    public void await(String token, Set<String> categories) {
        var wanted = token.isEmpty() ? Set.<StreamVersion>of() : parse(token).in(categories);
        if (!wanted.isEmpty()) {
            Calls.await(reached.find(wanted), WITHOUT_DEADLINE, Freshness::late);
        }
    }

    private static ConsistencyToken parse(String token) {
        try {
            return ConsistencyToken.parse(token);
        } catch (IllegalArgumentException e) {
            throw GrpcErrors.invalidArgument(List.of(
                    GrpcErrors.violation("consistency_token", "must be a token from the outcome of a command")));
        }
    }

    private static StatusRuntimeException late() {
        return GrpcErrors.deadlineExceeded(
                "NOT_SHOWN_YET", "What the consistency token speaks of is not shown yet; ask again");
    }

    /** Has those who wait look soon, because the tables have changed. */
    public void nudge() {
        reached.nudge();
    }

    @Override
    public void close() {
        reached.close();
    }
}
