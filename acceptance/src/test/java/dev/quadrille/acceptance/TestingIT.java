package dev.quadrille.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of {@code docs/testing.md} is run as far as Maven: its short form is what runs with the other tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TestingIT {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final List<String> SCRIPTS = List.of("test", ".mvn/build.sh", "acceptance/faults");

    /** Tells what it was asked for, and then what Maven would. */
    private static final String MAVEN = """
            #!/bin/sh
            printf '%s\\n' "$@" > asked
            echo '{}' > acceptance/target/faults.json
            echo '[INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0'
            """;

    @Test
    void the_commands_run_what_they_are_said_to_run(@TempDir Path copy) throws Exception {
        for (var script : SCRIPTS) {
            Files.createDirectories(copy.resolve(script).getParent());
            Files.copy(REPOSITORY.resolve(script), copy.resolve(script));
        }
        Files.createDirectories(copy.resolve("acceptance/target"));
        var maven = Files.writeString(Files.createDirectory(copy.resolve("bin")).resolve("mvn"), MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        var commands = COMMAND.matcher(Files.readString(REPOSITORY.resolve("docs/testing.md")))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
        assertThat(commands).hasSize(2);

        assertThat(run(commands.getFirst(), copy)).endsWith("1 passed, 0 failed, 0 skipped\n");
        assertThat(asked(copy)).contains("verify", "-pl", "console", "-am");
        assertThat(run(commands.getLast() + " -Dmore", copy)).endsWith("1 passed, 0 failed, 0 skipped\n{}\n\n");
        assertThat(asked(copy))
                .contains("verify", "-Dit.test=" + FaultsIT.class.getSimpleName(), "-Dquadrille.faults=full", "-Dmore");
    }

    private static String run(String command, Path copy) throws Exception {
        var shell = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
        shell.directory(copy.toFile())
                .environment()
                .merge("PATH", copy.resolve("bin") + ":", (path, bin) -> bin + path);
        var process = shell.start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static List<String> asked(Path copy) throws IOException {
        return Files.readAllLines(copy.resolve("asked"));
    }
}
