package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.OpenBoarding;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** The ferry in simulations. As a program it prints all that happens with the first seeds. */
final class FerryRide {

    static final Simulator SIMULATOR = simulator(List.of(Ferry.TELL_WHO_IS_TURNED_AWAY));

    private static final List<String> CROSSINGS = List.of("tern", "gull");
    private static final List<String> VEHICLES = List.of("van", "bus", "bike");

    private FerryRide() {}

    public static void main(String... seeds) {
        traces(Long.parseLong(seeds[0])).forEach(System.out::println);
    }

    static Simulator simulator(List<Policy<?>> policies) {
        return new Simulator(List.of(Ferry.CROSSING, Ferry.VEHICLE), policies, Ferry.CODEC);
    }

    static List<String> traces(long seeds) {
        var lines = new ArrayList<String>();
        LongStream.rangeClosed(1, seeds)
                .forEach(seed -> SIMULATOR.run(seed, FerryRide::workload, line -> lines.add(line.get())));
        return lines;
    }

    /** More vehicles than deck. */
    static List<Command> workload(RandomGenerator random) {
        var commands = new ArrayList<Command>();
        VEHICLES.forEach(vehicle -> commands.add(new RegisterVehicle(vehicle)));
        CROSSINGS.forEach(crossing -> commands.add(new OpenBoarding(crossing, 1)));
        var more = random.nextInt(10);
        for (var i = 0; i < more; i++) {
            var crossing = CROSSINGS.get(random.nextInt(CROSSINGS.size()));
            var vehicle = VEHICLES.get(random.nextInt(VEHICLES.size()));
            commands.add(random.nextInt(4) == 0 ? new Leave(crossing, vehicle) : new Board(crossing, vehicle));
        }
        return commands;
    }
}
