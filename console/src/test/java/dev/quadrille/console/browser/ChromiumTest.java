package dev.quadrille.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChromiumTest {

    @Test
    void the_named_program_goes_before_those_on_the_path(@TempDir Path folder) throws Exception {
        var found = Files.createFile(folder.resolve("chromium"));
        assertThat(found.toFile().setExecutable(true)).isTrue();

        assertThat(Chromium.program(Map.of("PATH", "/nowhere:" + folder))).isEqualTo(found);
        assertThat(Chromium.program(Map.of("PATH", folder.toString(), "CHROMIUM", "/mine")))
                .isEqualTo(Path.of("/mine"));
    }

    @Test
    void where_there_is_no_browser_nothing_passes_in_silence() {
        assertThatThrownBy(() -> Chromium.program(Map.of("PATH", "/nowhere")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apt-get install chromium")
                .hasMessageContaining("CHROMIUM");
    }
}
