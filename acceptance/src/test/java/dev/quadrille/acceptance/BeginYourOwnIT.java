package dev.quadrille.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/how-to/begin-your-own.md} shows is done: the example is built, tested and run under another name, outside
 * of the repository, on artifacts that are installed in a Maven repository of the test's own.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BeginYourOwnIT {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path MAVEN = Path.of(System.getProperty("quadrille.maven"));
    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path temporary;

    @Test
    void the_example_becomes_a_system_of_ones_own() throws Exception {
        var copy = Files.createDirectory(temporary.resolve("quadrille"));
        borrow(MAVEN, temporary.resolve("maven"));
        assertThat(run(
                        REPOSITORY,
                        "tar -cf - --exclude ./.git --exclude ./data --exclude ./standalone/target "
                                + "--exclude ./acceptance/target --exclude ./benchmarks/target . | tar -xf - -C '"
                                + copy + "'"))
                .isEmpty();
        // The classes that came along stand for sources that lie elsewhere; only what is newer is to be compiled.
        Files.writeString(copy.resolve(".mvn/maven.config"), "-Dmaven.compiler.useIncrementalCompilation=false");
        var commands = COMMANDS.matcher(Files.readString(copy.resolve("docs/how-to/begin-your-own.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(commands).hasSize(4);

        run(copy, commands.get(0));
        run(copy, commands.get(1));
        var own = temporary.resolve("planning");
        assertThat(run(temporary, "grep -rliE 'lending|org.example' planning || true"))
                .isEmpty();
        assertThat(run(copy, commands.get(2))).contains("BUILD SUCCESS", "Failures: 0, Errors: 0, Skipped: 0");
        assertThat(own.resolve("target/surefire-reports/TEST-com.acme.planning.service.PlanningApplicationTest.xml"))
                .exists();
        assertServes(start(copy, commands.get(3)));
    }

    /** The repository of the build, of which nothing is changed: what is installed or fetched now is only in this one. */
    private static void borrow(Path theirs, Path ours) throws IOException {
        try (var files = Files.walk(theirs)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var mine = ours.resolve(theirs.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(mine);
                } else {
                    Files.createSymbolicLink(mine, file);
                }
            }
        }
    }

    /** JUnit would warn of each link as it cleans up. */
    @AfterEach
    void give_back() throws IOException {
        try (var files = Files.walk(temporary.resolve("maven"))) {
            for (var link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static void assertServes(Process shell) throws Exception {
        try (var printed = shell.inputReader(UTF_8)) {
            var said = new ArrayList<String>();
            assertThat(printed.lines().peek(said::add).anyMatch(BeginYourOwnIT::tellsThatItServes))
                    .as(() -> String.join("\n", said))
                    .isTrue();
            var system = shell.descendants().toList();
            system.forEach(ProcessHandle::destroy);
            for (var process : system) {
                process.onExit().get(60, SECONDS);
            }
        } finally {
            shell.destroy();
        }
    }

    private static boolean tellsThatItServes(String line) {
        return line.contains("gRPC on 127.0.0.1:") && line.contains("planning.v1.CommandService");
    }

    /** Answers what the shell printed, once it has ended well. */
    private String run(Path directory, String commands) throws IOException, InterruptedException {
        var process = start(directory, commands);
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", commands, printed).isZero();
        return printed;
    }

    private Process start(Path directory, String commands) throws IOException {
        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).redirectErrorStream(true);
        shell.directory(directory.toFile());
        var environment = shell.environment();
        environment.keySet().removeAll(List.of("POSTGRES_URL", "QUERIES_POSTGRES_URL", "AMQP_URL"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + temporary.resolve("maven"));
        environment.putAll(Map.of("PORT", "0", "EMBEDDED_POSTGRES_PORT", "0", "EMBEDDED_AMQP_PORT", "0"));
        return shell.start();
    }
}
