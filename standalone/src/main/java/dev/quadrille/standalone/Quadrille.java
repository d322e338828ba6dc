package dev.quadrille.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quadrille.console.ConsoleApplication;
import dev.quadrille.domain.DomainApplication;
import dev.quadrille.embedded.StartFailure;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.listener.ListenerApplication;
import dev.quadrille.projections.ProjectionsApplication;
import dev.quadrille.relayer.RelayerApplication;
import dev.quadrille.shell.BadVariable;
import dev.quadrille.shell.Monitor;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./run} runs: the whole system, one of its services, or a task beside them. */
@Command(
        name = "./run",
        description = "Runs the whole system in one process, or what is named behind it.",
        mixinStandardHelpOptions = true)
public final class Quadrille implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private GivenSettings given;

    private Quadrille() {}

    public static void main(String... arguments) {
        var failed = new CommandLine(new Quadrille())
                .addSubcommand(new Populate())
                .addSubcommand(new Parked())
                .addSubcommand(new ManagedProcesses())
                .addSubcommand(new Why())
                .addSubcommand("domain", new Service(DomainApplication::service))
                .addSubcommand("relayer", new Service(RelayerApplication::service))
                .addSubcommand("projections", new Service(ProjectionsApplication::service))
                .addSubcommand("listener", new Service(ListenerApplication::service))
                .addSubcommand("console", new Service(ConsoleApplication::service))
                .setOut(new PrintWriter(System.out, true, UTF_8))
                .setUnmatchedOptionsArePositionalParams(true)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                .execute(arguments);
        if (failed != 0) {
            System.exit(failed);
        }
    }

    /** What a person can mend is told in a sentence; anything else is a defect and shows where it came from. */
    private static int explain(Exception failure, CommandLine command) throws Exception {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadVariable || cause instanceof StartFailure || cause instanceof Unavailable) {
                command.getErr().println(cause.getMessage());
                return 1;
            }
            if (cause instanceof StatusRuntimeException answer) {
                command.getErr()
                        .println(answer.getStatus().getCode() + ": "
                                + answer.getStatus().getDescription());
                return 1;
            }
        }
        throw failure;
    }

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        var variables = given.variables();
        var settings = StandaloneSettings.from(variables);
        var begun = System.nanoTime();
        out.println("Starting Quadrille, with its data in " + settings.data().toAbsolutePath());
        var monitor = Monitor.start(variables, settings.bindAddress());
        var system = WholeSystem.start(settings, given.arguments(), monitor, out);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
        out.printf(Locale.ROOT, "Ready after %.1f s. Ctrl-C stops it.%n%n", (System.nanoTime() - begun) / 1e9);
        sayWhatToTry(settings, out);
        out.flush();
    }

    private static void sayWhatToTry(StandaloneSettings settings, PrintWriter out) {
        var calls = new Calls(settings);
        out.println("page      http://localhost:" + settings.consolePort());
        out.println("commands  localhost:" + settings.listenerPort() + "  (gRPC, with reflection)");
        out.println("queries   localhost:" + settings.queryPort() + "  (gRPC, with reflection)");
        if (!settings.usesGivenBroker()) {
            out.println("events    " + settings.embeddedBroker() + "  (AMQP 0-9-1, exchange \"events\")");
        }
        if (!settings.usesGivenDatabase()) {
            out.println("store     postgresql://postgres@127.0.0.1:" + settings.embeddedPostgresPort() + "/quadrille");
        }
        out.println("log       " + settings.log());
        out.println();
        out.println("Try, in another terminal:");
        out.println("  ./run populate");
        out.println("  " + calls.query("financing.v1.QueryService/ListInvestors", "{}"));
        out.println("  " + calls.grpcurl("list"));
    }

    /** Runs one service alone. */
    @Command(description = "Runs this service alone.", mixinStandardHelpOptions = true)
    private static final class Service implements Runnable {

        private final Supplier<SpringApplication> service;

        @Mixin
        private GivenSettings given;

        Service(Supplier<SpringApplication> service) {
            this.service = service;
        }

        @Override
        public void run() {
            service.get().run(given.arguments().toArray(String[]::new));
        }
    }
}
