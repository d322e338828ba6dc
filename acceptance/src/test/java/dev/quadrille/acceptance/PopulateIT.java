package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./run populate}. */
@AgainstOwnSystems
class PopulateIT {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Standalone system;

    @AutoClose
    private final Scenario scenario;

    PopulateIT(Standalone system) throws Exception {
        this.system = system;
        this.scenario = new Scenario(system.addresses());
    }

    @Test
    void five_issuers_and_five_investors_with_a_balance_of_100_are_registered_and_named() {
        var ids = ID.matcher(system.run("populate"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(ids).hasSize(10);
        eventually(() -> {
            assertThat(scenario.queries()
                            .listIssuers(ListIssuersRequest.newBuilder()
                                    .addAllIssuerIds(ids)
                                    .build())
                            .getIssuersList())
                    .hasSize(5);
            assertThat(scenario.queries()
                            .listInvestors(ListInvestorsRequest.newBuilder()
                                    .addAllInvestorIds(ids)
                                    .build())
                            .getInvestorsList())
                    .hasSize(5)
                    .extracting(Investor::getBalance)
                    .containsOnly(eur(100).money());
        });
    }
}
