package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.ServicesApart.SERVICES;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.quadrille.acceptance.BrokerWire.Frame;
import dev.quadrille.acceptance.ServicesApart.Instance;
import dev.quadrille.acceptance.UnderLoad.Fault;
import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Bus;
import dev.quadrille.acceptance.support.Patience;
import dev.quadrille.acceptance.support.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real faults on real servers. {@link UnderLoad} says what holds after each. {@code -Dquadrille.faults=full} kills 52 times
 * instead of 4; a failing run's moments come again with {@code -Dquadrille.faults.seed}, but for what the clients make of
 * them. Servers that others run are nobody's to stop: where the addresses of a running system are given, there is nothing
 * to do here.
 */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("systems")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Order(Integer.MAX_VALUE)
class FaultsIT {

    private static final String FORM = System.getProperty("quadrille.faults", "short");
    private static final boolean FULL = FORM.equals("full");
    private static final int ROUNDS_OF_KILLS = FULL ? 13 : 1;
    private static final long SEED = Long.getLong("quadrille.faults.seed", new SecureRandom().nextLong());
    private static final Path FIGURES = Path.of("target/faults.json");

    /** Two events each. */
    private static final int REGISTERED = FULL ? 1_000 : 300;

    /** An event has about 800 octets on the wire. */
    private static final List<Integer> CUTS_AFTER =
            FULL ? List.of(40_000, 200_000, 500_000, 900_000) : List.of(40_000, 150_000);

    private static final int MIDDLE = FULL ? 400_000 : 100_000;

    /** So slow that the broker can't confirm a thousand events in the 5 s that each of them has. */
    private static final Duration A_MESSAGE = Duration.ofMillis(6);

    /** How many events the clients may have set off a moment ago. */
    private static final int BY_CLIENTS = 200;

    private static final int ACKNOWLEDGEMENTS = 100;
    private static final Duration BACK = Duration.ofHours(6);

    private static final Figures figures = new Figures();

    private final ServicesApart system;
    private final UnderLoad load;
    private final Random random = new Random(SEED);

    FaultsIT(ServicesApart system) {
        this.system = system;
        this.load = new UnderLoad(system.addresses(), system.servers(), figures);
    }

    static Stream<ServicesApart> systems() throws Exception {
        if (Addresses.given(System.getenv()).isPresent()) {
            return Stream.of();
        }
        var system = ServicesApart.on(OwnServers.withTheBestBroker());
        System.out.println("Faults: " + FORM + " form on " + system);
        return Stream.of(system);
    }

    /** Also when tests have failed. */
    @AfterParameterizedClassInvocation
    static void tell(ServicesApart system) throws Exception {
        figures.redelivered(system.redelivered());
        var line = figures.line(Map.of("form", FORM, "seed", SEED, "servers", system.versions()));
        Files.writeString(FIGURES, line);
        System.out.println(line);
    }

    @Test
    void P10_services_are_killed_at_any_moment() throws Exception {
        for (var round = 0; round < ROUNDS_OF_KILLS; round++) {
            underLoad(traffic -> {
                var services = new ArrayList<>(SERVICES);
                Collections.shuffle(services, random);
                for (var service : services) {
                    aMoment(traffic);
                    var victim = system.atWork(service);
                    victim.program().kill();
                    victim.program().startAgain();
                    recovered(service + " killed");
                }
            });
        }
    }

    @Test
    void P10_the_broker_is_restarted() throws Exception {
        underLoad(traffic -> {
            aMoment(traffic);
            var broker = system.servers().broker();
            broker.stop();
            broker.start();
            recovered("broker restarted");
        });
    }

    @Test
    void P10_the_database_is_restarted() throws Exception {
        underLoad(traffic -> {
            aMoment(traffic);
            var database = system.servers().database();
            database.stop();
            database.start();
            recovered("database restarted");
        });
    }

    @Test
    void P10_the_database_is_killed() throws Exception {
        underLoad(traffic -> {
            aMoment(traffic);
            system.servers().killDatabase();
            system.servers().database().start();
            recovered("database killed");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "projections"})
    void P2_P5_a_consumer_is_killed_between_effect_and_acknowledgement(String service) throws Exception {
        underLoad(traffic -> {
            var before = system.redelivered();
            var victim = system.atWork(service);
            var killed = new CompletableFuture<Instance>();
            var others = new AtomicInteger(random.nextInt(ACKNOWLEDGEMENTS));
            victim.wire().cutAt(frame -> frame.isAck() && others.getAndDecrement() == 0, () -> {
                victim.program().kill();
                killed.complete(victim);
            });
            await(killed);
            victim.program().startAgain();
            recovered(service + " killed before it acknowledged");
            eventually(() -> assertThat(system.redelivered()).isGreaterThan(before));
        });
    }

    @Test
    void P4_the_relayer_is_cut_off_from_the_broker_in_the_middle_of_a_large_batch() throws Exception {
        underLoad(_ -> {
            backlog(REGISTERED);
            for (var octets : CUTS_AFTER) {
                var cut = new CompletableFuture<Instance>();
                afterPassing(octets, (relayer, moment) -> relayer.wire().cutAt(moment, () -> cut.complete(relayer)));
                await(cut);
            }
            recovered("relayer cut off");
            awaitRelayed();
        });
    }

    @Test
    void P4_a_relayer_that_stood_still_goes_on_beside_the_next_leader() throws Exception {
        var repeatedBefore = figures.repeated();
        underLoad(_ -> {
            backlog(REGISTERED);
            var still = new CompletableFuture<Instance>();
            afterPassing(
                    MIDDLE,
                    (relayer, moment) -> relayer.wire().at(moment, () -> {
                        relayer.program().holdUp();
                        still.complete(relayer);
                    }));
            var former = await(still);
            try {
                awaitRelayed();
            } finally {
                former.program().goOn();
            }
            recovered("relayer stood still");
        });
        assertThat(figures.repeated()).isGreaterThan(repeatedBefore);
    }

    @Test
    void P4_a_slow_broker_gets_everything_in_the_end() throws Exception {
        underLoad(traffic -> {
            // It would never get through what they go on to set off.
            traffic.stop();
            backlog(REGISTERED / 2);
            relayers().forEach(relayer -> relayer.wire().slow(A_MESSAGE));
            try {
                mend();
                awaitRelayed();
            } finally {
                relayers().forEach(relayer -> relayer.wire().slow(Duration.ZERO));
            }
            recovered("broker slow");
        });
    }

    @Test
    void the_clock_is_set_back_by_hours_and_forward_again() throws Exception {
        underLoad(traffic -> {
            system.clock().set(BACK.negated());
            try (var scenario = new Scenario(system.addresses())) {
                var sale = scenario.sell(UUID.randomUUID(), eur(1));
                assertThat(scenario.events()
                                .setOffBy(sale.command(), 1)
                                .getFirst()
                                .time())
                        .isBefore(Instant.now().minus(BACK).plus(Patience.BUDGET));
            }
            recovered("clock set back");
            traffic.goOnFor(Duration.ofSeconds(1));
            system.clock().set(Duration.ZERO);
            recovered("clock set forward");
        });
    }

    private void underLoad(Fault fault) throws Exception {
        assertThatCode(() -> load.happens(traffic -> {
                    fault.happens(traffic);
                    system.awaitUp();
                }))
                .as("with -Dquadrille.faults.seed=%d", SEED)
                .doesNotThrowAnyException();
    }

    private void aMoment(Traffic traffic) throws Exception {
        traffic.goOnFor(Duration.ofMillis(random.nextInt(1_000)));
    }

    private void recovered(String from) throws Exception {
        figures.recovered(from, load.recovery());
    }

    /** Has the relayers cut off, and many events wait for them in the store. */
    private void backlog(int registered) throws Exception {
        relayers().forEach(relayer -> relayer.wire().cut());
        try (var bus = new Bus(system.addresses().amqp())) {
            var investors = Stream.generate(UUID::randomUUID).limit(registered).toList();
            bus.investorsRegistered(investors, Scenario.INVESTOR, eur(100));
        }
        eventually(() -> assertThat(system.servers().behind()).isGreaterThanOrEqualTo(2L * registered));
    }

    /** Sets something for the moment at which whichever relayer leads has sent so many octets; and lets them go on. */
    private void afterPassing(int octets, BiConsumer<Instance, Predicate<Frame>> what) {
        var reached = new AtomicBoolean();
        for (var relayer : relayers()) {
            var passed = new AtomicInteger();
            what.accept(relayer, frame -> passed.addAndGet(frame.length()) > octets && !reached.getAndSet(true));
        }
        mend();
    }

    private void mend() {
        relayers().forEach(relayer -> relayer.wire().mend());
    }

    private void awaitRelayed() {
        eventually(() -> assertThat(system.servers().behind()).isLessThan(BY_CLIENTS));
    }

    private List<Instance> relayers() {
        return system.instancesOf("relayer");
    }

    private static Instance await(CompletableFuture<Instance> moment) throws Exception {
        return moment.get(Patience.BUDGET.toMillis(), MILLISECONDS);
    }
}
