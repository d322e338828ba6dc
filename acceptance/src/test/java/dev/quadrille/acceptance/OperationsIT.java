package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} tells of what there is: its queries run, and its settings are those that the code reads. */
@AgainstOwnSystems
class OperationsIT {

    private static final Path REPOSITORY = Path.of("..");
    /** Where it is asked, what for, and the query. */
    private static final Pattern QUERY = Pattern.compile("```sql\n-- ([^:]+): (\\w+)\n(.*?);\n```", Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z_]+)`");
    /** {@code variables.port("QUERY_PORT", 8081)}, and a name that is kept in a constant. */
    private static final Pattern READ = Pattern.compile(
            "(?:variables\\s*\\.\\w+|\\b(?:text|number|url))\\(\\s*\"([A-Z_]+)\"|String PORT = \"([A-Z_]+)\"");

    private final Standalone system;

    OperationsIT(Standalone system) {
        this.system = system;
    }

    @Test
    void what_to_watch_can_be_asked() throws Exception {
        var queries = QUERY.matcher(operations()).results().collect(toMap(query -> query.group(2), query -> query));
        assertThat(queries).containsOnlyKeys("behind", "appenders", "parked", "waiting");
        try (var scenario = new Scenario(system.addresses())) {
            scenario.invoiceFor(eur(10));
        }

        eventually(() -> assertThat(ask(requireNonNull(queries.get("behind")))).containsExactly("0"));
        assertThat(queries.values()).allSatisfy(this::ask);
    }

    /** Answers the first column, of each database in which it is to be asked. */
    private List<String> ask(MatchResult query) {
        var databases = Map.of("event store", system.eventStore(), "queries", system.queries());
        return Stream.of(query.group(1).split(", "))
                .flatMap(name -> Sql.column(requireNonNull(databases.get(name)), query.group(3)).stream())
                .toList();
    }

    @Test
    void every_setting_is_told_of_and_there_is_no_other() throws IOException {
        var settings = operations().substring(0, operations().indexOf("## The services apart"));
        var told = new TreeSet<String>();
        ROW.matcher(settings)
                .results()
                .forEach(row -> NAME.matcher(row.group(1)).results().forEach(name -> told.add(name.group(1))));
        // Of the script, not of the code.
        told.remove("JAVA_OPTS");

        assertThat(told).isEqualTo(read());
    }

    private static Set<String> read() throws IOException {
        var read = new TreeSet<String>();
        for (var room : List.of("engine", "domain", "listener", "relayer", "projections", "console", "standalone")) {
            try (var files = Files.walk(REPOSITORY.resolve(room))) {
                for (var file : files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("/src/test/"))
                        .toList()) {
                    READ.matcher(Files.readString(file))
                            .results()
                            .forEach(match -> read.add(match.group(1) == null ? match.group(2) : match.group(1)));
                }
            }
        }
        return read;
    }

    private static String operations() throws IOException {
        return Files.readString(REPOSITORY.resolve("docs/operations.md"));
    }
}
