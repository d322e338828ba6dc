package dev.quadrille.standalone;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Every rule of the Dogma contract has a test that is named or tagged for it, or a row that says how we differ in
 * {@code docs/adr/0014-process-managers-by-the-dogma-contract.md}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DogmaContractTest {

    private static final Path HOUSE = Path.of("..");
    private static final Path DECISION = HOUSE.resolve("docs/adr/0014-process-managers-by-the-dogma-contract.md");
    private static final TreeSet<Integer> RULES =
            IntStream.rangeClosed(1, 69).boxed().collect(toCollection(TreeSet::new));

    private static final Pattern NAMED = Pattern.compile("\\bvoid (?:P\\d+_)*((?:C2_\\d+_)+)\\w+\\(");
    private static final Pattern IN_NAME = Pattern.compile("C2_(\\d+)_");
    private static final Pattern TAGGED = Pattern.compile("@Tag\\(\"C2\\.(\\d+)\"\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Test
    void every_rule_has_a_test_or_a_row_and_there_are_no_others() throws IOException {
        var accountedFor = tested();
        accountedFor.addAll(listed());

        assertThat(accountedFor).isEqualTo(RULES);
    }

    @Test
    void most_rules_have_tests() throws IOException {
        assertThat(tested()).hasSizeGreaterThan(RULES.size() / 2);
    }

    @Test
    void C2_50_a_moment_is_a_deadline_and_no_source_of_processes_says_otherwise() throws IOException {
        assertThat(sources("(main|test)"))
                .filteredOn(file -> file.toString().matches(".*/(kernel/process|voiding)/.*"))
                .isNotEmpty()
                .noneMatch(file -> text(file).matches("(?is).*timeout.*"));
    }

    private static Set<Integer> tested() throws IOException {
        return sources("(test|main)").stream()
                .filter(file -> file.toString().matches(".*(Test|IT|Contract)\\.java"))
                .map(DogmaContractTest::text)
                .flatMap(text -> Stream.concat(
                        numbers(TAGGED, text),
                        NAMED.matcher(text).results().flatMap(name -> numbers(IN_NAME, name.group(1)))))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<Integer> listed() throws IOException {
        return ROW.matcher(Files.readString(DECISION))
                .results()
                .flatMap(row -> NUMBER.matcher(row.group(1)).results())
                .map(number -> Integer.valueOf(number.group()))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> Integer.valueOf(match.group(1)));
    }

    private static List<Path> sources(String of) throws IOException {
        try (var files = Files.walk(HOUSE)) {
            return files.filter(file -> file.toString().matches(".*/src/" + of + "/java/.*\\.java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
