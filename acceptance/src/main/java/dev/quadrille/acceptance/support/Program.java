package dev.quadrille.acceptance.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that runs what {@code ./run} runs, with settings of its own. It can be stopped, killed, held up and started
 * again. For one thread.
 */
public final class Program {

    private static final String MAIN = "dev.quadrille.standalone.Quadrille";

    /** What chooses servers other than the embedded ones. */
    static final List<String> SERVERS =
            List.of("POSTGRES_URL", "POSTGRES_USER", "POSTGRES_PASSWORD", "QUERIES_POSTGRES_URL", "AMQP_URL");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TAIL = 80;

    private final List<String> options;
    private final List<String> arguments;
    private final Map<String, String> settings;
    private final Path printed;
    private Process process;

    /**
     * Starts it.
     *
     * @param options of the JVM
     * @param arguments what to run; nothing is the whole system
     * @param settings environment variables, {@code METRICS_PORT} among them
     * @param printed where to add what it prints
     */
    public Program(List<String> options, List<String> arguments, Map<String, String> settings, Path printed) {
        this.options = List.copyOf(options);
        this.arguments = List.copyOf(arguments);
        this.settings = Map.copyOf(settings);
        this.printed = printed;
        this.process = launch();
    }

    private Process launch() {
        try {
            return builder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("quadrille.app", "standalone/target/app") + "/*", MAIN));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        applyTo(builder.environment());
        return builder;
    }

    /** Makes an environment the one that it runs with. */
    void applyTo(Map<String, String> environment) {
        environment.keySet().removeAll(SERVERS);
        environment.putAll(settings);
    }

    /** The command line that runs the same program without arguments, for a shell. */
    String commandLine() {
        return builder(List.of()).command().stream()
                .map(word -> "'" + word + "'")
                .collect(joining(" "));
    }

    /** Starts it again after its end. */
    public void startAgain() {
        process = launch();
    }

    /** Ends the process at once, as a power cut does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /**
     * Asks the process to end, and waits for it.
     *
     * @return how long it took
     */
    public Duration stop() {
        var asked = System.nanoTime();
        process.destroy();
        awaitExit();
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(Patience.BUDGET.toMillis(), MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("It does not end:\n" + told());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has it stand still, as a machine does that is moved, with all that it holds, until it is told to go on. */
    public void holdUp() {
        signal("-STOP");
    }

    /** Lets it go on as if no time had passed. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            var sent = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (sent.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Fails if it does not run.
     *
     * @throws IllegalStateException with what it ended with
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended with " + process.exitValue());
        }
    }

    /** Waits until it tells that this service, the only one in it, can do its work. */
    public void awaitUp(String service) {
        Patience.eventually(() -> {
            requireAlive();
            var told = health();
            if (!told.equals(service + ": up\n")) {
                throw new AssertionError("The " + service + " is not up, but tells: " + told);
            }
        });
    }

    /** What it tells of its services over HTTP, a line for each; nothing while it does not listen. */
    public String health() {
        var address = URI.create("http://127.0.0.1:" + settings.get("METRICS_PORT") + "/health");
        var request = HttpRequest.newBuilder(address).timeout(Patience.BUDGET).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (ConnectException notYet) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the same program with other arguments, beside it and with its settings, to its end.
     *
     * @return what it printed
     */
    String run(String... others) {
        try {
            var run = builder(List.of(others)).redirectErrorStream(true).start();
            var output = new String(run.getInputStream().readAllBytes(), UTF_8);
            if (run.waitFor() != 0) {
                throw new IllegalStateException(List.of(others) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines that it has printed so far. */
    public List<String> printed() {
        return lines(printed);
    }

    /** The end of what it has printed. */
    public String told() {
        return tail(printed());
    }

    static String tail(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
