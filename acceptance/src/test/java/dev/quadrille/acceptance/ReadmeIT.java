package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Patience.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Standalone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The README's walk: its lines are run in one shell as they stand, but for where this system listens and for which
 * program {@code npx} would fetch; its answers are compared, with ids masked.
 */
@AgainstOwnSystems
class ReadmeIT {

    private static final Path REPOSITORY =
            Path.of(System.getProperty("quadrille.app")).resolve("../../..").normalize();
    /** The same program, as the build has fetched it. */
    private static final Path BUF = REPOSITORY.resolve("proto/target/buf");

    private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);
    private static final String END = "--- end of the answer ---";

    private final Standalone system;

    ReadmeIT(Standalone system) {
        this.system = system;
    }

    /** Lines of the README and the answer that it shows to them, empty if it shows none. */
    private record Step(String lines, String answer) {}

    @Test
    void the_walk_through_a_bid_answers_what_it_shows() throws IOException {
        var steps = steps();
        assertThat(steps).hasSizeGreaterThan(7);
        assertThat(BUF.toFile().setExecutable(true)).isTrue();
        var shell = shell();
        try (var in = shell.outputWriter(UTF_8);
                var out = shell.inputReader(UTF_8)) {
            for (var step : steps) {
                var printed = run(step, in, out);
                if (step.lines().contains("QueryService") && !masked(printed).equals(masked(step.answer()))) {
                    // What follows from a command shows a moment later.
                    eventually(() -> assertThat(masked(run(step, in, out)))
                            .as(step.lines())
                            .isEqualTo(masked(step.answer())));
                } else if (!step.answer().isEmpty()) {
                    assertThat(masked(printed)).as(step.lines()).isEqualTo(masked(step.answer()));
                }
            }
        } finally {
            shell.destroy();
        }
    }

    private static List<Step> steps() throws IOException {
        var readme = Files.readString(REPOSITORY.resolve("README.md"));
        var walk = readme.substring(readme.indexOf("## A bid, call by call"), readme.indexOf("## Settings"));
        var steps = new ArrayList<Step>();
        for (var block : BLOCK.matcher(walk).results().toList()) {
            if (block.group(1).equals("sh")) {
                steps.add(new Step(block.group(2), ""));
            } else {
                steps.add(new Step(steps.removeLast().lines(), block.group(2)));
            }
        }
        return steps;
    }

    private Process shell() throws IOException {
        var builder = new ProcessBuilder("bash").redirectErrorStream(true);
        builder.directory(REPOSITORY.toFile());
        system.applyTo(builder.environment());
        return builder.start();
    }

    private String run(Step step, Writer in, BufferedReader out) {
        try {
            in.write(step.lines()
                    .replace("npx --yes @bufbuild/buf", BUF.toString())
                    .replace("./run", system.commandLine())
                    .replace("http://localhost:", "http://")
                    .replace("call 8080/", "call " + system.addresses().listener() + "/")
                    .replace("call 8081/", "call " + system.addresses().query() + "/"));
            in.write("echo '" + END + "'\n");
            in.flush();
            var printed = new StringBuilder();
            for (var line = out.readLine(); !END.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new AssertionError("The shell ended in " + step.lines() + "\n" + printed);
                }
                printed.append(line).append('\n');
            }
            return printed.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String masked(String answer) {
        return answer.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("\"consistencyToken\": *\"[^\"]*\"", "\"consistencyToken\": \"<token>\"")
                .replaceAll("(\":) +", "$1 ")
                .strip();
    }
}
