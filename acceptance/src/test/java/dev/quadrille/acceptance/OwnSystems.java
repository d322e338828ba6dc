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
record OwnSystems(List<OwnSystem> systems) implements AutoCloseable {

    @FunctionalInterface
    interface Check {
        void on(OwnSystem system) throws Exception;
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
                started.systems.add(OwnSystem.on(start));
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
                    .map(system -> threads.submit(() -> {
                        assertThatCode(() -> check.on(system))
                                .as("on %s", system)
                                .doesNotThrowAnyException();
                        return system;
                    }))
                    .toList();
            assertAll(checks.stream().map(running -> running::get));
        }
    }

    @Override
    public void close() throws IOException {
        for (var system : systems) {
            system.close();
        }
    }

    @Override
    public String toString() {
        return systems.toString();
    }
}
