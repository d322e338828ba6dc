package dev.quadrille.domain;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** That {@code docs/processes.md} has a section for each process manager, and that its diagram is what the code does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessDiagramsTest {

    private static final Path CHECKED_IN = Path.of("../docs/processes.md");
    private static final Path GENERATED = Path.of("target/processes.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    /** The diagram is all that follows on the words of a section. */
    private static final Pattern DIAGRAM = Pattern.compile(
            "^(## (\\S+)\\n(?:(?!##|```).*\\n)+```mermaid\\n)(?:(?!```).*\\n)*(```)$", Pattern.MULTILINE);

    @Test
    void each_process_manager_has_a_section_with_a_diagram() throws IOException {
        var document = Files.readString(CHECKED_IN);

        assertThat(HEADING.matcher(document).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(Installation.PROCESSES);
        assertThat(DIAGRAM.matcher(document).results().map(section -> section.group(2)))
                .containsExactlyElementsOf(Installation.PROCESSES);
    }

    @Test
    void the_diagrams_checked_in_are_those_of_the_code() throws IOException {
        var generated = withDiagrams(Files.readString(CHECKED_IN));
        Files.writeString(GENERATED, generated);

        assertThat(CHECKED_IN)
                .as("docs/processes.md is stale. If a process manager is meant to change, "
                        + "docs/generate writes it anew")
                .hasContent(generated);
    }

    @Test
    void another_diagram_is_not() {
        var stale = """
                ## document-voiding

                Words.

                ```mermaid
                stateDiagram-v2
                    [*] --> DocumentVoided : DocumentVoidingRequested
                ```
                """;

        assertThat(withDiagrams(stale))
                .startsWith(
                        "## document-voiding\n\nWords.\n\n```mermaid\nstateDiagram-v2\n    [*] --> VoidingRequested")
                .contains("    DocumentVoided --> [*]\n")
                .endsWith("```\n");
    }

    private static String withDiagrams(String document) {
        var diagrams = Installation.processes(Installation.ANSWER_WITHIN, Set.of()).managers().stream()
                .collect(toMap(manager -> manager.identity().name(), manager -> StateDiagram.of(manager)));
        return DIAGRAM.matcher(document)
                .replaceAll(section -> Matcher.quoteReplacement(
                        section.group(1) + diagrams.getOrDefault(section.group(2), "") + section.group(3)));
    }
}
