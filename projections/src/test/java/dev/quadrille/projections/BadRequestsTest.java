package dev.quadrille.projections;

import dev.quadrille.grpc.Spoiled;
import dev.quadrille.grpc.WireClient;
import dev.quadrille.postgres.TestDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** P9: a malformed query is answered with every fault it has. */
@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BadRequestsTest {

    @AutoClose
    private final QuerySide side;

    @AutoClose
    private final WireClient client;

    BadRequestsTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
        client = new WireClient(side.server.grpc().port());
    }

    @TestFactory
    Stream<DynamicTest> P9_every_fault_of_a_request_is_told() {
        return client.methods().stream()
                .flatMap(Spoiled::of)
                .map(spoiled -> DynamicTest.dynamicTest(
                        spoiled.toString(),
                        () -> spoiled.assertAnsweredBy(
                                client.call(spoiled.method(), spoiled.request(), spoiled.patience()))));
    }
}
