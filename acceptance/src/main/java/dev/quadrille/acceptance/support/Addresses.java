package dev.quadrille.acceptance.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running system is reached.
 *
 * @param listener the commands' gRPC, host:port; of several instances, with commas between them
 * @param query the queries' gRPC, likewise
 * @param amqp the broker, {@code amqp://user:password@host:port/vhost}
 */
public record Addresses(String listener, String query, String amqp) {

    /**
     * The addresses in the environment: {@code LISTENER_ADDRESS}, {@code QUERY_ADDRESS} and {@code AMQP_ADDRESS}.
     *
     * @throws IllegalArgumentException if some are given and others are not
     */
    public static Optional<Addresses> given(Map<String, String> environment) {
        var names = List.of("LISTENER_ADDRESS", "QUERY_ADDRESS", "AMQP_ADDRESS");
        if (names.stream().noneMatch(environment::containsKey)) {
            return Optional.empty();
        }
        var missing =
                names.stream().filter(name -> !environment.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("A running system needs all of " + names + "; missing: " + missing);
        }
        var values = names.stream().map(environment::get).toList();
        return Optional.of(new Addresses(values.get(0), values.get(1), values.get(2)));
    }
}
