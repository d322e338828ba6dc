package dev.quadrille.projections;

import dev.quadrille.grpc.Fuzz;
import dev.quadrille.grpc.WireClient;
import dev.quadrille.postgres.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzTest {

    @ParameterizedTest
    @MethodSource("dev.quadrille.projections.QuerySide#databases")
    void P9_no_query_is_INTERNAL_or_UNKNOWN(TestDatabase tables) {
        try (var side = new QuerySide(tables.cleared());
                var client = new WireClient(side.server.grpc().port())) {
            new Fuzz(client).run(10_000);
        }
    }
}
