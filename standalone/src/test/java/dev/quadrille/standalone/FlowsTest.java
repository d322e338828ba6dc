package dev.quadrille.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.domain.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** That {@code docs/flows.md} has a section for each system, and that its diagram is what the code declares. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowsTest {

    private static final Path CHECKED_IN = Path.of("../docs/flows.md");
    private static final Path GENERATED = Path.of("target/flows.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    /** The diagram is all that follows on the words of a section. */
    private static final Pattern DIAGRAM =
            Pattern.compile("^(## (.+)\\n(?:(?!##|```).*\\n)+```mermaid\\n)(?:(?!```).*\\n)*(```)$", Pattern.MULTILINE);

    /** What a system is made of. */
    private record Parts(List<String> contexts, List<String> processes) {}

    private static final Map<String, Parts> SYSTEMS = new LinkedHashMap<>();

    static {
        SYSTEMS.put("Invoice financing", new Parts(List.of("financing"), List.of()));
        SYSTEMS.put("Document voiding", new Parts(List.of("billing", "reports"), List.of("document-voiding")));
        SYSTEMS.put("Catering match", new Parts(List.of("catering"), List.of("catering-match")));
        SYSTEMS.put("Common to all", new Parts(List.of("process", "demo", "parking"), List.of()));
    }

    @Test
    void every_context_and_every_process_manager_is_in_one_section() throws IOException {
        assertThat(HEADING.matcher(Files.readString(CHECKED_IN)).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(SYSTEMS.keySet());
        assertThat(SYSTEMS.values().stream().flatMap(parts -> parts.contexts().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Conversation.CONTEXTS.stream().map(Context::name).toList());
        assertThat(SYSTEMS.values().stream().flatMap(parts -> parts.processes().stream()))
                .containsExactlyInAnyOrderElementsOf(Conversation.PROCESS_MANAGERS.stream()
                        .map(manager -> manager.identity().name())
                        .toList());
    }

    @Test
    void the_diagrams_checked_in_are_those_of_the_code() throws IOException {
        var generated = withDiagrams(Files.readString(CHECKED_IN));
        Files.writeString(GENERATED, generated);

        assertThat(CHECKED_IN)
                .as("docs/flows.md is stale. If that is meant to change, docs/generate writes it anew")
                .hasContent(generated);
    }

    @Test
    void a_stale_diagram_is_replaced_by_what_the_code_declares() {
        var stale = "## Document voiding\n\nWords.\n\n```mermaid\nflowchart LR\n    a --> b\n```\n";

        assertThat(withDiagrams(stale))
                .startsWith("## Document voiding\n\nWords.\n\n```mermaid\nflowchart LR\n    subgraph billing\n")
                .contains(
                        "command_VoidDocument[\"VoidDocument\"] --> billing_document[[\"billing.document\"]]",
                        "event_DocumentIssued(\"DocumentIssued\") --> policy_",
                        "process_document_voiding[/\"document-voiding\"/] --> command_MarkDocumentAsVoided",
                        "billing_document[[\"billing.document\"]] --> view_BillingView[(\"BillingView\")]")
                .doesNotContain("a --> b");
    }

    private static String withDiagrams(String document) {
        return DIAGRAM.matcher(document).replaceAll(section -> {
            var parts = requireNonNull(SYSTEMS.get(section.group(2)), section.group(2));
            return Matcher.quoteReplacement(
                    section.group(1) + FlowDiagram.of(parts.contexts(), parts.processes()) + section.group(3));
        });
    }
}
