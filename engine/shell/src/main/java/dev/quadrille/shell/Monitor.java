package dev.quadrille.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a process tells of itself, over HTTP on {@code METRICS_PORT} where that is set: {@code GET /health}, a line for each
 * service in the process, with 200 while all of them can do their work and else 503; and {@code GET /metrics}, in
 * Prometheus' text format. One for a process, shared by the services in it. All methods may be called from any thread.
 */
public final class Monitor implements AutoCloseable {

    private static final String PORT = "METRICS_PORT";

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<String, Boolean> services = new ConcurrentHashMap<>();
    private final @Nullable HttpServer server;

    private Monitor(@Nullable HttpServer server) {
        this.server = server;
        garbageCollection.bindTo(meters);
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(metrics -> metrics.bindTo(meters));
    }

    /**
     * Begins to answer.
     *
     * @param bindAddress an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them
     * @throws UncheckedIOException if the address can't be bound
     */
    public static Monitor start(Variables variables, String bindAddress) {
        if (variables.text(PORT, "").isEmpty()) {
            return new Monitor(null);
        }
        var address = new InetSocketAddress(bindAddress, variables.port(PORT, 0));
        try {
            var server = HttpServer.create(address, 0);
            var monitor = new Monitor(server);
            server.createContext("/health", monitor::health);
            server.createContext("/metrics", monitor::metrics);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return monitor;
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen on " + address, e);
        }
    }

    /** Where meters are registered. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Who tells whether this service can do its work; until told otherwise, it can't. */
    public Consumer<Boolean> service(String name) {
        services.put(name, false);
        return able -> services.put(name, able);
    }

    /** The port that it answers on; 0 where there is none. */
    public int port() {
        return server == null ? 0 : server.getAddress().getPort();
    }

    private void health(HttpExchange exchange) throws IOException {
        var now = new TreeMap<>(services);
        var up = !now.isEmpty() && !now.containsValue(false);
        var lines = now.entrySet().stream()
                .map(service -> service.getKey() + (service.getValue() ? ": up\n" : ": down\n"))
                .collect(joining());
        answer(exchange, up ? 200 : 503, "text/plain; charset=utf-8", lines);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        garbageCollection.close();
        meters.close();
    }
}
