package dev.quadrille.acceptance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A system on each kind of broker that there is. A test runs on all of them at the same time, as nearly all of it is waiting. */
record OwnSystems(List<OwnServers> systems) implements AutoCloseable {

    @FunctionalInterface
    interface Check {
        void on(OwnServers servers) throws Exception;
    }

    static OwnSystems start() throws Exception {
        var rabbitMq = RabbitNode.program();
        if (rabbitMq.isEmpty()) {
            System.out.println("Servers away: on the embedded broker only (no rabbitmq-server on this machine)");
        }
        var starts = Stream.concat(
                Stream.<Callable<OwnServers>>of(OwnServers::withEmbeddedBroker),
                rabbitMq.stream().map(program -> () -> OwnServers.withRabbitMq(program)));
        var started = new OwnSystems(new ArrayList<>());
        try {
            for (var start : starts.toList()) {
                started.systems.add(start.call());
            }
            return started;
        } catch (Exception e) {
            started.close();
            throw e;
        }
    }

    /** Runs a check on all of them at once, and tells of each on which it fails. */
    void onEach(Check check) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = systems.stream()
                    .map(servers -> threads.submit(() -> {
                        assertThatCode(() -> check.on(servers))
                                .as("on %s", servers)
                                .doesNotThrowAnyException();
                        return servers;
                    }))
                    .toList();
            assertAll(checks.stream().map(running -> running::get));
        }
    }

    @Override
    public void close() throws IOException {
        for (var servers : systems) {
            servers.close();
        }
    }

    @Override
    public String toString() {
        return systems.toString();
    }
}
