package dev.quadrille.standalone;

import dev.quadrille.shell.Variables;
import java.util.List;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Parameters;

/** Settings behind a command, {@code --NAME=value}, which go before the environment's variables. */
final class GivenSettings {

    @Parameters(
            paramLabel = "--NAME=value",
            description = "A setting of docs/operations.md, before the environment variable of that name.")
    private List<String> arguments = List.of();

    List<String> arguments() {
        return arguments;
    }

    /** What is no setting. */
    List<String> words() {
        return arguments.stream().filter(argument -> !argument.startsWith("--")).toList();
    }

    Variables variables() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        return new Variables(environment);
    }
}
