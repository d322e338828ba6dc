package dev.quadrille.acceptance;

import static java.util.Comparator.comparingLong;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Program;
import dev.quadrille.acceptance.support.SystemUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The four services, each a process of its own as {@code ./run domain} starts it, on servers of the test's own: of domain
 * and relayer two, one of them at work and one that stands by. Each has a wire to the broker that a test may cut.
 */
final class ServicesApart implements SystemUnderTest, AutoCloseable {

    static final List<String> SERVICES = List.of("listener", "domain", "relayer", "projections");
    private static final List<String> IN_PAIRS = List.of("domain", "relayer");

    /** Where what they print stays. */
    private static final Path TOLD = Path.of("target/faults");

    /** They are started many times, and live for seconds. */
    static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    /** A process, and its wire to the broker. */
    record Instance(String service, Program program, BrokerWire wire) {

        void awaitUp() {
            program.awaitUp(service);
        }
    }

    private final OwnServers servers;
    private final ServicesClock clock;
    private final List<Instance> instances = new ArrayList<>();
    private final Addresses addresses;
    private String versions = "";

    private ServicesApart(OwnServers servers) throws IOException {
        this.servers = servers;
        this.clock = ServicesClock.in(servers.home());
        this.addresses = new Addresses(
                "127.0.0.1:" + OwnServers.freePort(), "127.0.0.1:" + OwnServers.freePort(), servers.brokerUrl());
    }

    /** Starts them; returns when all are up. */
    static ServicesApart on(OwnServers servers) throws Exception {
        var system = new ServicesApart(servers);
        try {
            for (var service : SERVICES) {
                system.start(service);
                if (IN_PAIRS.contains(service)) {
                    system.start(service);
                }
            }
            system.awaitUp();
            system.versions = servers.versions();
            return system;
        } catch (Exception | AssertionError e) {
            system.close();
            throw e;
        }
    }

    private void start(String service) throws IOException {
        var wire = BrokerWire.to(servers.brokerPort());
        var settings = new HashMap<>(servers.settings());
        settings.putAll(Map.of(
                "AMQP_URL",
                servers.brokerUrl().replaceFirst(":\\d+$", ":" + wire.port()),
                "BIND_ADDRESS",
                "127.0.0.1",
                "LISTENER_PORT",
                port(addresses.listener()),
                "QUERY_PORT",
                port(addresses.query()),
                "METRICS_PORT",
                Integer.toString(OwnServers.freePort()),
                "LEAD_LOST_AFTER",
                "3s"));
        var options = new ArrayList<>(QUICK_START);
        options.add(clock.option());
        var printed = Files.createDirectories(TOLD).resolve(instances.size() + "-" + service + ".log");
        Files.deleteIfExists(printed);
        instances.add(new Instance(service, new Program(options, List.of(service), settings, printed), wire));
    }

    static String port(String address) {
        return address.substring(address.indexOf(':') + 1);
    }

    OwnServers servers() {
        return servers;
    }

    /** What the servers call themselves. */
    String versions() {
        return versions;
    }

    /** By which all of them go. */
    ServicesClock clock() {
        return clock;
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    List<Instance> instancesOf(String service) {
        return instances.stream()
                .filter(instance -> instance.service().equals(service))
                .toList();
    }

    /** The one of its instances that works, while another stands by. */
    Instance atWork(String service) {
        return instancesOf(service).stream()
                .max(comparingLong(instance -> instance.wire().lastWork()))
                .orElseThrow();
    }

    /** How many messages the broker has given to a service not for the first time. */
    long redelivered() {
        return instances.stream()
                .mapToLong(instance -> instance.wire().redelivered())
                .sum();
    }

    /** Waits until all can do their work. */
    void awaitUp() {
        instances.forEach(Instance::awaitUp);
    }

    @Override
    public void close() throws IOException {
        for (var instance : instances) {
            instance.program().kill();
            instance.wire().close();
        }
        servers.close();
    }

    @Override
    public String toString() {
        return "services apart on " + servers;
    }
}
