package dev.quadrille.standalone;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code docs/guarantees.md} names the tests of each promise: those whose names begin with its number. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuaranteesTest {

    private static final Path HOUSE = Path.of("..");
    private static final Path DOCUMENT = HOUSE.resolve("docs/guarantees.md");
    private static final Pattern NAMED_FOR_PROMISES = Pattern.compile("\\bvoid ((?:P\\d+_)+)\\w+\\(");
    private static final Pattern PROMISE = Pattern.compile("\\d+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| P(\\d+) \\|.*\\| (.*) \\|$");

    @Test
    void the_tests_of_each_promise_are_those_that_are_named_for_it() throws IOException {
        var named = new TreeMap<Integer, String>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(row -> named.put(Integer.valueOf(row.group(1)), row.group(2)));

        assertThat(named).isEqualTo(testsByPromise());
    }

    private static Map<Integer, String> testsByPromise() throws IOException {
        var found = new TreeMap<Integer, TreeSet<String>>();
        try (var files = Files.walk(HOUSE)) {
            files.filter(file -> file.toString().matches(".*/src/(test|main)/java/.*(Test|IT|Contract)\\.java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(file -> NAMED_FOR_PROMISES
                            .matcher(text(file))
                            .results()
                            .flatMap(name -> PROMISE.matcher(name.group(1)).results())
                            .forEach(promise -> found.computeIfAbsent(
                                            Integer.valueOf(promise.group()), _ -> new TreeSet<>())
                                    .add(file.getFileName().toString().replace(".java", ""))));
        }
        var tests = new TreeMap<Integer, String>();
        found.forEach((promise, names) ->
                tests.put(promise, names.stream().map(name -> "`" + name + "`").collect(joining(", "))));
        return tests;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
