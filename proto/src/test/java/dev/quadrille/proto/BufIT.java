package dev.quadrille.proto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract as buf judges it; and, on a copy that someone spoiled, that buf would tell. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BufIT {
    private static final Path BUF = Path.of("target/buf").toAbsolutePath();

    @TempDir
    private Path module;

    @BeforeEach
    void copy_the_module() throws IOException {
        var contract = FileSystems.getDefault()
                .getPathMatcher("glob:{buf.yaml,baseline.binpb,*/v*/*.proto,target/imports/**.proto}");
        try (var files = Files.walk(Path.of(""))) {
            for (var file : files.filter(contract::matches).toList()) {
                var copy = module.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void the_contract_is_clean_by_STANDARD_and_COMMENTS() throws Exception {
        assertThat(buf("lint")).isEqualTo(new Verdict(0, ""));
    }

    @Test
    void the_contract_is_formatted() throws Exception {
        assertThat(buf("format", "--diff", "--exit-code")).isEqualTo(new Verdict(0, ""));
    }

    @Test
    void the_contract_breaks_nothing_that_was_released() throws Exception {
        assertThat(breaking()).isEqualTo(new Verdict(0, ""));
    }

    @Test
    void a_field_without_a_comment_is_told() throws Exception {
        edit("financing/v1/issuer.proto", "  // The name they registered with.\n", "");

        var verdict = buf("lint");

        assertThat(verdict.exit()).isNotZero();
        assertThat(verdict.output()).contains("Field \"name\" should have a non-empty comment");
    }

    @Test
    void a_deleted_field_is_told() throws Exception {
        edit("financing/v1/issuer.proto", "string name = 2;", "");

        var verdict = breaking();

        assertThat(verdict.exit()).isNotZero();
        assertThat(verdict.output())
                .contains("Previously present field \"2\" with name \"name\" on message \"Issuer\"");
    }

    /** An image against an image: buf can't compare a workspace of two modules with one. */
    private Verdict breaking() throws IOException, InterruptedException {
        assertThat(buf("build", "-o", "now.binpb")).isEqualTo(new Verdict(0, ""));
        return buf(
                "breaking",
                "now.binpb",
                "--against",
                "baseline.binpb",
                "--exclude-path",
                "buf",
                "--exclude-path",
                "google");
    }

    private record Verdict(int exit, String output) {}

    private Verdict buf(String... arguments) throws IOException, InterruptedException {
        assertThat(BUF.toFile().setExecutable(true)).isTrue();
        var command = new ArrayList<>(List.of(BUF.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Verdict(process.waitFor(), output);
    }

    private void edit(String file, String from, String to) throws IOException {
        var before = Files.readString(module.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(module.resolve(file), before.replace(from, to));
    }
}
