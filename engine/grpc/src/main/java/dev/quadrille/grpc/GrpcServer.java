package dev.quadrille.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gRPC server: some services, with server reflection (v1 and v1alpha) and {@code grpc.health.v1} beside them.
 *
 * <p>A service is called on a virtual thread per call, and sees only requests that keep the rules of their proto; all else
 * is answered INVALID_ARGUMENT. It answers errors by throwing what {@link GrpcErrors} makes. Messages are limited to 4 MiB.
 *
 * <p>All methods may be called from any thread and repeated.
 */
public final class GrpcServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);

    /** Cutting connections takes milliseconds; this only bounds it. */
    private static final Duration CUT = Duration.ofSeconds(5);

    private final Server server;
    private final HealthStatusManager health;
    private final List<String> names;
    private final ExecutorService calls;
    private final Duration grace;
    private final AtomicBoolean draining = new AtomicBoolean();

    /**
     * Where a server listens and how it stops.
     *
     * @param bindAddress an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them
     * @param port 0 for any that is free
     * @param grace how long {@link #close} lets running calls finish
     */
    public record Settings(String bindAddress, int port, Duration grace) {
        /**
         * With a grace of 1.5 seconds: a call takes milliseconds, and an open watch, which a health check may be, takes
         * all of it.
         */
        public Settings(String bindAddress, int port) {
            this(bindAddress, port, Duration.ofMillis(1_500));
        }
    }

    private GrpcServer(
            Server server, HealthStatusManager health, List<String> names, ExecutorService calls, Duration grace) {
        this.server = server;
        this.health = health;
        this.names = names;
        this.calls = calls;
        this.grace = grace;
    }

    /**
     * Starts a server, which takes calls and is SERVING when this returns.
     *
     * @throws UncheckedIOException if the address can't be bound
     * @throws IllegalArgumentException if a rule in the proto of a request is faulty
     */
    public static GrpcServer start(Settings settings, List<BindableService> services) {
        var health = new HealthStatusManager();
        var own = services.stream().map(BindableService::bindService).toList();
        var all = Stream.concat(own.stream(), companions(health)).toList();
        var checked = new CheckedRequests(all);
        var calls = Executors.newVirtualThreadPerTaskExecutor();
        var builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.bindAddress(), settings.port()),
                        InsecureServerCredentials.create())
                .decompressorRegistry(ForgivingGzip.registry())
                .executor(calls);
        for (var service : all) {
            builder.addService(CleanErrors.around(ServerInterceptors.intercept(service, checked)));
        }
        var names = own.stream()
                .map(service -> service.getServiceDescriptor().getName())
                .toList();
        var server = new GrpcServer(bind(builder, settings), health, names, calls, settings.grace());
        server.serving(true);
        log.info("gRPC on {}:{} serves {}", settings.bindAddress(), server.port(), names);
        return server;
    }

    /** v1alpha is deprecated, and all that older tools ask for. */
    @SuppressWarnings("deprecation")
    private static Stream<ServerServiceDefinition> companions(HealthStatusManager health) {
        return Stream.of(
                        health.getHealthService(),
                        ProtoReflectionServiceV1.newInstance(),
                        ProtoReflectionService.newInstance())
                .map(BindableService::bindService);
    }

    private static Server bind(NettyServerBuilder builder, Settings settings) {
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen on " + settings.bindAddress() + ":" + settings.port(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /**
     * Tells every health entry whether the server can do its work, for a service whose broker or database comes and goes.
     * Calls are taken all the same. No effect once draining.
     */
    public void serving(boolean serving) {
        var status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        names.forEach(name -> health.setStatus(name, status));
    }

    /** Turns every health entry NOT_SERVING for good and takes no new calls; running ones go on. Does not wait. */
    public void drain() {
        if (draining.compareAndSet(false, true)) {
            health.enterTerminalState();
            server.shutdown();
        }
    }

    /** Drains, waits for running calls as long as the grace, and cuts off the rest, such as endless streams. */
    @Override
    public void close() {
        drain();
        if (!terminatedWithin(grace)) {
            server.shutdownNow();
            // Interrupts what is left, and only then: the server needs the executor to tell its calls that they are
            // cut.
            if (terminatedWithin(CUT)) {
                calls.shutdownNow();
            }
        }
    }

    private boolean terminatedWithin(Duration limit) {
        try {
            return server.awaitTermination(limit.toNanos(), NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
