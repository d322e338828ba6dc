package dev.quadrille.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/how-to} shows is done to a copy of the repository, and its tests are run there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HowToIT {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> DOCUMENTS = List.of(
            "add-a-command.md", "add-an-event.md", "add-a-projection.md", "write-a-process.md", "simulate-a-domain.md");
    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void what_they_show_builds_and_its_tests_pass(@TempDir Path copy) throws Exception {
        assertThat(run(
                        REPOSITORY,
                        "tar -cf - --exclude ./.git --exclude ./data --exclude ./standalone/target "
                                + "--exclude ./acceptance/target --exclude ./benchmarks/target . | tar -xf - -C '"
                                + copy + "'"))
                .isEmpty();
        // The classes that came along stand for sources that lie elsewhere; only what is newer is to be compiled.
        Files.writeString(copy.resolve(".mvn/maven.config"), "-Dmaven.compiler.useIncrementalCompilation=false");
        var tests = new LinkedHashSet<String>();
        for (var document : DOCUMENTS) {
            var commands = COMMANDS.matcher(
                            Files.readString(copy.resolve("docs/how-to").resolve(document)))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
            assertThat(commands).as(document).hasSizeGreaterThan(1);
            assertThat(run(copy, commands.getFirst())).as(document).isEmpty();
            tests.addAll(commands.subList(1, commands.size()));
        }

        // The same tests at the end of four, which are run once here, and those of the fifth.
        assertThat(tests).hasSize(3);
        for (var test : tests) {
            assertThat(run(copy, test)).contains(", 0 failed, 0 skipped");
        }
    }

    /** Answers what the shell printed, once it has ended well. */
    private static String run(Path directory, String commands) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).redirectErrorStream(true);
        shell.directory(directory.toFile());
        // The embedded servers will do.
        shell.environment().keySet().removeAll(List.of("POSTGRES_URL", "QUERIES_POSTGRES_URL", "AMQP_URL"));
        var process = shell.start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", commands, printed).isZero();
        return printed;
    }
}
