package dev.quadrille.console;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.quadrille.shell.Variables;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the console is set up with.
 *
 * @param bindAddress {@code BIND_ADDRESS}: this machine alone unless said otherwise, for whoever sees the page may press
 *     its buttons
 * @param port {@code CONSOLE_PORT}, 8082
 * @param listener {@code LISTENER_ADDRESS}, where commands are taken: unless said otherwise the one beside it
 * @param query {@code QUERY_ADDRESS}, where queries are answered: likewise
 * @param hosts {@code CONSOLE_HOSTS}, the names under which browsers may ask for the page, beside localhost and IP addresses;
 *     with commas between them
 */
record ConsoleSettings(String bindAddress, int port, String listener, String query, Set<String> hosts) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");

    static ConsoleSettings from(Variables variables) {
        var bindAddress = variables.text("BIND_ADDRESS", LOOPBACK);
        var beside = ALL_ADDRESSES.contains(bindAddress) ? LOOPBACK : bindAddress;
        return new ConsoleSettings(
                bindAddress,
                variables.port("CONSOLE_PORT", 8082),
                variables.address("LISTENER_ADDRESS", beside, variables.port("LISTENER_PORT", 8080)),
                variables.address("QUERY_ADDRESS", beside, variables.port("QUERY_PORT", 8081)),
                Stream.of(variables.text("CONSOLE_HOSTS", "").split(","))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .collect(toUnmodifiableSet()));
    }

    @Override
    public String toString() {
        return bindAddress + ":" + port + ", commands to " + listener + ", queries to " + query
                + (hosts.isEmpty() ? "" : ", also as " + hosts);
    }
}
