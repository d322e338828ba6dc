package dev.quadrille.kernel;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;
import static dev.quadrille.kernel.Policy.whenever;

import dev.quadrille.json.JsonCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A small business to try the engine on: vehicles are registered and board crossings while there is deck left; who is
 * turned away is told.
 */
public final class Ferry {

    /** A vehicle on which every decision fails, as a bug would have it. */
    public static final String GHOST = "ghost";

    /** A vehicle that can't even be looked up. */
    public static final String PHANTOM = "phantom";

    public static final Codec CODEC = new JsonCodec(types());

    public static final Aggregate<CrossingCommand, ?, CrossingEvent> CROSSING =
            new Aggregate<>("ferry.crossing", CrossingCommand.class, CrossingEvent.class, new CrossingDecider());

    public static final Aggregate<VehicleCommand, ?, VehicleEvent> VEHICLE =
            new Aggregate<>("ferry.vehicle", VehicleCommand.class, VehicleEvent.class, new VehicleDecider());

    public static final Policy<CommandRejected> TELL_WHO_IS_TURNED_AWAY = whenever(
            CommandRejected.class,
            "tell who is turned away",
            "8f14e45f-ceea-467f-a0e6-0e6f8d4f2d01",
            TurnAway.class,
            rejected -> rejected.command() instanceof Board(var crossing, var vehicle)
                    ? List.of(new TurnAway(vehicle, crossing))
                    : List.of());

    private Ferry() {}

    public static MessageTypes types() {
        return new MessageTypes()
                .register("ferry.OpenBoarding.v1", OpenBoarding.class)
                .register("ferry.Board.v1", Board.class)
                .register("ferry.Leave.v1", Leave.class)
                .register("ferry.RegisterVehicle.v1", RegisterVehicle.class)
                .register("ferry.TurnAway.v1", TurnAway.class)
                .register("ferry.BoardingOpened.v1", BoardingOpened.class)
                .register("ferry.VehicleBoarded.v1", VehicleBoarded.class)
                .register("ferry.VehicleLeft.v1", VehicleLeft.class)
                .register("ferry.VehicleRegistered.v1", VehicleRegistered.class)
                .register("ferry.VehicleTurnedAway.v1", VehicleTurnedAway.class);
    }

    public static StreamId crossing(String name) {
        return new StreamId("ferry.crossing", name);
    }

    public static StreamId vehicle(String name) {
        return new StreamId("ferry.vehicle", name);
    }

    public sealed interface CrossingCommand extends Command {
        String crossing();

        @Override
        default StreamId stream() {
            return Ferry.crossing(crossing());
        }
    }

    public record OpenBoarding(String crossing, int deck) implements CrossingCommand {}

    public record Board(String crossing, String vehicle) implements CrossingCommand {}

    public record Leave(String crossing, String vehicle) implements CrossingCommand {}

    public sealed interface CrossingEvent extends Event {}

    public record BoardingOpened(String crossing, int deck) implements CrossingEvent {}

    public record VehicleBoarded(String crossing, String vehicle) implements CrossingEvent {}

    public record VehicleLeft(String crossing, String vehicle) implements CrossingEvent {}

    public sealed interface VehicleCommand extends Command {
        String vehicle();

        @Override
        default StreamId stream() {
            return Ferry.vehicle(vehicle());
        }
    }

    public record RegisterVehicle(String vehicle) implements VehicleCommand {}

    public record TurnAway(String vehicle, String crossing) implements VehicleCommand {}

    public sealed interface VehicleEvent extends Event {}

    public record VehicleRegistered(String vehicle) implements VehicleEvent {}

    public record VehicleTurnedAway(String vehicle, String crossing) implements VehicleEvent {}

    private record Crossing(boolean open, int deck, Set<String> aboard) {

        Crossing {
            aboard = Set.copyOf(aboard);
        }

        Crossing with(String vehicle) {
            var more = new HashSet<>(aboard);
            more.add(vehicle);
            return new Crossing(open, deck, more);
        }

        Crossing without(String vehicle) {
            var fewer = new HashSet<>(aboard);
            fewer.remove(vehicle);
            return new Crossing(open, deck, fewer);
        }
    }

    private static final class CrossingDecider implements Decider<CrossingCommand, Crossing, CrossingEvent> {

        @Override
        public Crossing initial() {
            return new Crossing(false, 0, Set.of());
        }

        @Override
        public Crossing evolve(Crossing crossing, CrossingEvent event) {
            return switch (event) {
                case BoardingOpened(var _, var deck) -> new Crossing(true, deck, Set.of());
                case VehicleBoarded(var _, var vehicle) -> crossing.with(vehicle);
                case VehicleLeft(var _, var vehicle) -> crossing.without(vehicle);
            };
        }

        @Override
        public Set<StreamId> lookups(CrossingCommand command) {
            if (!(command instanceof Board(var _, var vehicle))) {
                return Set.of();
            }
            if (vehicle.equals(PHANTOM)) {
                throw new IllegalStateException("No vehicle can be looked up like this");
            }
            return Set.of(Ferry.vehicle(vehicle));
        }

        @Override
        public Decision<CrossingEvent> decide(Crossing crossing, CrossingCommand command, Set<StreamId> existing) {
            return switch (command) {
                case OpenBoarding(var name, var deck) ->
                    crossing.open() ? alreadyTrue() : accept(new BoardingOpened(name, deck));
                case Board board -> board(crossing, board, existing);
                case Leave(var name, var vehicle) ->
                    crossing.aboard().contains(vehicle) ? accept(new VehicleLeft(name, vehicle)) : alreadyTrue();
            };
        }

        private static Decision<CrossingEvent> board(Crossing crossing, Board board, Set<StreamId> existing) {
            var vehicle = board.vehicle();
            if (vehicle.equals(GHOST)) {
                throw new IllegalStateException("Nobody thought of ghosts");
            }
            if (!existing.contains(Ferry.vehicle(vehicle))) {
                return reject("VEHICLE_NOT_FOUND", "There is no vehicle " + vehicle);
            }
            if (!crossing.open()) {
                return reject("BOARDING_NOT_OPEN", "Crossing " + board.crossing() + " can't be boarded");
            }
            if (crossing.aboard().contains(vehicle)) {
                return alreadyTrue();
            }
            if (crossing.aboard().size() == crossing.deck()) {
                return reject("DECK_FULL", "All " + crossing.deck() + " places are taken");
            }
            return accept(new VehicleBoarded(board.crossing(), vehicle));
        }
    }

    private record Vehicle(boolean registered) {}

    private static final class VehicleDecider implements Decider<VehicleCommand, Vehicle, VehicleEvent> {

        @Override
        public Vehicle initial() {
            return new Vehicle(false);
        }

        @Override
        public Vehicle evolve(Vehicle vehicle, VehicleEvent event) {
            return switch (event) {
                case VehicleRegistered _ -> new Vehicle(true);
                case VehicleTurnedAway _ -> vehicle;
            };
        }

        @Override
        public Decision<VehicleEvent> decide(Vehicle vehicle, VehicleCommand command, Set<StreamId> existing) {
            return switch (command) {
                case RegisterVehicle(var name) ->
                    vehicle.registered() ? alreadyTrue() : accept(new VehicleRegistered(name));
                case TurnAway(var name, var crossing) ->
                    vehicle.registered()
                            ? accept(new VehicleTurnedAway(name, crossing))
                            : reject("VEHICLE_NOT_FOUND", "There is no vehicle " + name);
            };
        }
    }
}
