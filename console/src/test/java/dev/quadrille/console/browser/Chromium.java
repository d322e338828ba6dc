package dev.quadrille.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window. For one thread. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of(
            "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome");

    private static final List<String> PLACES = List.of(
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts the program that {@code CHROMIUM} names, or else the first that is found.
     *
     * @throws IllegalStateException if there is none: a test that nobody can run has not passed
     */
    public static Chromium start() {
        var program = program(System.getenv());
        // It would fetch browsers of its own.
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            var options = new LaunchOptions().setExecutablePath(program).setArgs(List.of("--disable-quic"));
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    static Path program(Map<String, String> environment) {
        var path = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        return Optional.ofNullable(environment.get("CHROMIUM"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .or(() -> Stream.concat(
                                NAMES.stream()
                                        .flatMap(name -> Stream.of(path)
                                                .map(folder -> Path.of(folder).resolve(name))),
                                PLACES.stream().map(Path::of))
                        .filter(Files::isExecutable)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        "The page is tested in a Chromium, and there is none: install it (on Debian: apt-get install"
                                + " chromium), or set CHROMIUM to the program."));
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
