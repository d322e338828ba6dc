package dev.quadrille.console.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.quadrille.console.FakeSystem;
import dev.quadrille.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * That the page shows the diagrams of {@code docs/flows.md}. Mermaid draws them here and not on the page, which may run
 * nothing but its own script.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowPicturesTest {

    private static final Path FLOWS = Path.of("../docs/flows.md");
    private static final Path CHECKED_IN = Path.of("src/main/resources/dev/quadrille/console/static/flows");
    private static final Path GENERATED = Path.of("target/flows");

    private static final Pattern SYSTEM =
            Pattern.compile("^## ([^\\n]+)$.+?^```mermaid\\n(.+?)^```$", MULTILINE | DOTALL);
    private static final Pattern SOURCE = Pattern.compile("<metadata>(.+?)</metadata>", DOTALL);
    private static final Pattern WORD = Pattern.compile("<tspan[^>]*>([^<]+)</tspan>");

    private static final String DRAWN = """
            async source => {
              mermaid.initialize({
                startOnLoad: false,
                deterministicIds: true,
                fontFamily: "sans-serif",
                htmlLabels: false,
                maxEdges: 1000,
                flowchart: {useMaxWidth: false}
              });
              const {svg} = await mermaid.render("flow", source);
              const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
              const told = document.createElementNS("http://www.w3.org/2000/svg", "metadata");
              told.textContent = source;
              drawn.prepend(told);
              for (const line of drawn.querySelectorAll("path")) {
                line.removeAttribute("data-points");
                line.setAttribute("d", line.getAttribute("d").replace(/\\d+\\.\\d+/g, at => (+at).toFixed(1)));
              }
              return new XMLSerializer().serializeToString(drawn) + "\\n";
            }""";

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void the_pictures_checked_in_are_those_of_the_diagrams() throws IOException {
        var diagrams = diagrams();
        Files.createDirectories(GENERATED);
        try (var page = chromium.browser().newPage()) {
            page.addScriptTag(new AddScriptTagOptions().setContent(mermaid()));
            for (var diagram : diagrams.entrySet()) {
                var drawn = page.evaluate(DRAWN, diagram.getValue()).toString();
                Files.writeString(GENERATED.resolve(file(diagram.getKey())), drawn);
            }
        }
        assertThat(diagrams.keySet()).allSatisfy(system -> {
            var drawn = Files.readString(GENERATED.resolve(file(system)));
            assertThat(CHECKED_IN.resolve(file(system)))
                    .as("The picture is stale; docs/generate draws it anew")
                    .content()
                    // Where exactly things stand is up to the fonts of the machine.
                    .satisfies(there -> {
                        assertThat(found(SOURCE, there)).isEqualTo(found(SOURCE, drawn));
                        assertThat(found(WORD, there)).isNotEmpty().isEqualTo(found(WORD, drawn));
                    });
        });
    }

    private static String file(String system) {
        return system.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg";
    }

    @Test
    void each_system_is_shown() throws IOException {
        try (var system = new FakeSystem();
                var console = RunningConsole.of(system);
                var page = chromium.browser().newPage()) {
            page.navigate(console.address() + "/flows");

            assertThat(page.locator("h2").allTextContents())
                    .containsExactlyElementsOf(diagrams().keySet());
            page.waitForFunction("[...document.images].every(image => image.complete)");
            assertThat(widths(page))
                    .hasSameSizeAs(diagrams().keySet())
                    .allSatisfy(width -> assertThat(width).isGreaterThan(500));
            var first = page.locator(".flow img").first();
            var fitting = first.boundingBox().width;
            page.locator(".flow").first().click();
            assertThat(first.boundingBox().width)
                    .isGreaterThan(fitting)
                    .isCloseTo(widths(page).getFirst(), within(1.0));
            page.screenshot(new ScreenshotOptions()
                    .setPath(Path.of("target/screenshots/flows.png"))
                    .setFullPage(true));
        }
    }

    /** As they are drawn; 0 of one that can't be. */
    private static List<Integer> widths(Page page) {
        return ((List<?>) page.evaluate("[...document.images].map(image => image.naturalWidth)"))
                .stream().map(Integer.class::cast).toList();
    }

    /** The source of the diagram of each system. */
    private static Map<String, String> diagrams() throws IOException {
        var diagrams = new LinkedHashMap<String, String>();
        SYSTEM.matcher(Files.readString(FLOWS))
                .results()
                .forEach(system -> diagrams.put(system.group(1), system.group(2)));
        return diagrams;
    }

    private static List<String> found(Pattern what, String text) {
        return what.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String mermaid() throws IOException {
        return new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/resources/webjars/mermaid/*/dist/mermaid.min.js")[0]
                        .getContentAsString(UTF_8);
    }
}
