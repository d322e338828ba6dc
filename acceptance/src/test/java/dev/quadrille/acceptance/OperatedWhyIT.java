package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./run why}, with the line and the answer of {@code docs/operations.md}. */
@AgainstOwnSystems
class OperatedWhyIT {

    /** What is another each time: ids and times. */
    private static final Pattern OF_ITS_OWN = Pattern.compile(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}…|[0-9T:.-]+Z|[+-][0-9]+\\.[0-9]{3} s");

    private final Standalone system;

    @AutoClose
    private final Paperwork paper;

    OperatedWhyIT(Standalone system) {
        this.system = system;
        this.paper = new Paperwork(system.addresses());
    }

    @Test
    void the_tree_is_printed_as_the_docs_show_it() throws IOException {
        var docs = Files.readAllLines(Path.of("../docs/operations.md"));
        assertThat(docs.stream().filter(line -> line.startsWith("./run why"))).containsExactly("./run why <id>");
        var first = docs.indexOf(docs.stream()
                .filter(line -> line.startsWith("Begun by command"))
                .findFirst()
                .orElseThrow());
        var shown = docs.subList(first, first + docs.subList(first, docs.size()).indexOf("```"));
        var document = paper.reported(UUID.randomUUID(), eur(10));
        var voiding = paper.voidDocument(document);
        paper.processIn("DocumentVoided", voiding.process());

        eventually(() -> assertThat(alike(
                        system.run("why", voiding.process().toString()).lines().toList()))
                .isEqualTo(alike(shown)));
    }

    private static List<String> alike(List<String> lines) {
        return lines.stream()
                .map(line -> OF_ITS_OWN.matcher(line).replaceAll("…").replaceAll(" +", " "))
                .toList();
    }

    @Test
    void a_refusal_says_why() {
        var voiding = paper.voidDocument(UUID.randomUUID());
        paper.outcomeOf(voiding.command());

        assertThat(system.run("why", voiding.command().toString()))
                .contains(
                        "billing.VoidDocument.v1  REJECTED DOCUMENT_NOT_FOUND: There is no document",
                        "└─ billing.CommandRejected.v1",
                        "<- asked for",
                        "2 commands and events.");
    }

    @Test
    void what_nobody_knows_is_said_to_be_unknown() {
        var nobody = UUID.randomUUID().toString();

        assertThatIllegalStateException()
                .isThrownBy(() -> system.run("why", nobody))
                .withMessageContaining("No event and no process has the id " + nobody);
        assertThatIllegalStateException()
                .isThrownBy(() -> system.run("why", "me"))
                .withMessageContaining("Say the id of an event, a command or a process, not [me]");
    }
}
