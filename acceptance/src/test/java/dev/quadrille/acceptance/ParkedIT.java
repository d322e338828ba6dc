package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsAdded;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** P6: {@code ./run parked}, with the lines of {@code docs/operations.md}. */
@AgainstOwnSystems
class ParkedIT {

    private static final Pattern ID = Pattern.compile("(?m)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern FINGERPRINT = Pattern.compile("fingerprint ([0-9a-f]{16})");

    private final Standalone system;

    @AutoClose
    private final Scenario scenario;

    ParkedIT(Standalone system) throws Exception {
        this.system = system;
        this.scenario = new Scenario(system.addresses());
    }

    @Test
    void P6_what_nobody_can_read_is_listed_and_shown_and_fails_again_and_is_discarded() {
        var investor = UUID.randomUUID();
        var events = scenario.bus()
                .history(new InvestorCreated(investor, "Ada", "EUR"), new InvestorFundsAdded(investor, eur(20)));
        var stream = events.getFirst().event().subject();
        scenario.bus().publishSpoiled(events.getFirst());
        eventually(() -> assertThat(operator("list", stream)).contains("2 parked."));
        scenario.bus().publish(events.getLast());
        eventually(() -> assertThat(operator("list", stream)).contains("4 parked.", "not tried"));

        var listed = operator("list", stream);
        var poisoned = ID.matcher(listed).results().map(MatchResult::group).toList();
        assertThat(operator("show", poisoned.getFirst()))
                .contains(
                        "financing.InvestorCreated.v1",
                        "cloudEvents:subject: " + stream,
                        "{spoiled",
                        "UnreadableMessage");
        assertThat(operator("replay", stream)).contains("It failed again", "4 of 4 are left");
        var fingerprint = FINGERPRINT.matcher(listed);
        assertThat(fingerprint.find()).isTrue();
        assertThat(operator("replay", fingerprint.group(1))).contains("It failed again");
        assertThat(system.run("why", events.getFirst().id().toString()))
                .contains(
                        "financing.InvestorCreated.v1  PARKED as ",
                        " by policies.financing.",
                        " by projections.",
                        stream);
        for (var id : poisoned) {
            operator("discard", id, "--reason", "Nobody will ever read it");
        }

        eventually(() -> assertThat(operator("list", stream)).contains("Nothing is parked."));
    }

    @Test
    void the_lines_of_the_docs_are_those_that_are_run_here() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/operations.md")).stream()
                        .filter(line -> line.startsWith("./run parked")))
                .containsExactly(
                        "./run parked list",
                        "./run parked list <stream>",
                        "./run parked show <id>",
                        "./run parked replay <id, stream or fingerprint>",
                        "./run parked discard <id> --reason \"<why>\"");
        assertThat(operator("list")).contains("parked");
    }

    private String operator(String... words) {
        var line = new String[words.length + 1];
        line[0] = "parked";
        System.arraycopy(words, 0, line, 1, words.length);
        return system.run(line);
    }
}
