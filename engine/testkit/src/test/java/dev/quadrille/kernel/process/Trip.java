package dev.quadrille.kernel.process;

import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.TurnAway;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A small process to try the engine on: a registered vehicle boards the tern, and leaves it at its departure an hour later.
 * One that can't board waits for a person.
 */
public final class Trip implements ProcessManager<Trip.State> {

    public static final UUID KEY = UUID.fromString("6f1f4f0e-3f0b-4c39-9a1b-0a6a6f4b7c01");
    public static final String CROSSING = "tern";
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    public static final Duration DEPARTURE = Duration.ofHours(1);

    /** A vehicle at which this process manager breaks, as a bug would have it. */
    public static final String WRECK = "wreck";

    public static final Codec CODEC = new JsonCodec(types());

    /** Boarding has not been answered in time. */
    public record Overdue(String vehicle) implements Deadline {}

    /** It is time to leave. */
    public record Departure(String vehicle) implements Deadline {}

    public sealed interface State {}

    public record NotBegun() implements State {}

    public record Boarding(String vehicle, boolean overdue) implements State {}

    public record Aboard(String vehicle) implements State {}

    public record TurnedDown(String vehicle, String why) implements State {}

    public record Over(String vehicle) implements State {}

    public static MessageTypes types() {
        return Ferry.types()
                .registerAll(Processes.messageTypes())
                .register("ferry.Overdue.v1", Overdue.class)
                .register("ferry.Departure.v1", Departure.class);
    }

    /** The process of this vehicle. */
    public static ProcessId of(String vehicle) {
        return new ProcessId(DerivedId.of(KEY, vehicle));
    }

    @Override
    public ProcessIdentity identity() {
        return new ProcessIdentity("trip", KEY);
    }

    @Override
    public Routes routes() {
        return Routes.none()
                .hears(VehicleRegistered.class, event -> to(event.vehicle()))
                .hears(VehicleBoarded.class, event -> to(event.vehicle()))
                .hears(VehicleLeft.class, event -> to(event.vehicle()))
                .hears(
                        CommandRejected.class,
                        event -> event.command() instanceof Board board ? to(board.vehicle()) : Optional.empty())
                .executes(Board.class)
                .executes(Leave.class)
                .executes(TurnAway.class)
                .schedules(Overdue.class)
                .schedules(Departure.class);
    }

    private static Optional<UUID> to(String vehicle) {
        return Optional.of(of(vehicle).value());
    }

    @Override
    public State initial() {
        return new NotBegun();
    }

    @Override
    public State evolve(State state, Input input) {
        return switch (input) {
            case Happened(var _, var _, VehicleRegistered(var vehicle))
            when vehicle.equals(WRECK) -> throw new IllegalStateException("wrecked");
            case Happened(var _, var _, VehicleRegistered(var vehicle)) -> new Boarding(vehicle, false);
            case Happened(var _, var _, VehicleBoarded(var _, var vehicle))
            when state instanceof Boarding -> new Aboard(vehicle);
            case Happened(var _, var _, CommandRejected rejected)
            when state instanceof Boarding(var vehicle, var _) -> new TurnedDown(vehicle, rejected.reason());
            case Happened(var _, var _, VehicleLeft(var _, var vehicle))
            when state instanceof Aboard -> new Over(vehicle);
            case DeadlineReached(var _, var _, Overdue _, var _)
            when state instanceof Boarding(var vehicle, var _) -> new Boarding(vehicle, true);
            case RetryRequested _ when state instanceof TurnedDown(var vehicle, var _) -> new Boarding(vehicle, false);
            case Acknowledged _ when state instanceof TurnedDown(var vehicle, var _) -> new Over(vehicle);
            case Happened _, DeadlineReached _, Person _ -> state;
        };
    }

    @Override
    public List<Effect> react(State state, Input input) {
        return switch (input) {
            case Happened(var _, var _, VehicleRegistered(var vehicle)) -> board(vehicle);
            case RetryRequested _ when state instanceof Boarding(var vehicle, var _) -> board(vehicle);
            case Happened(var _, var _, VehicleBoarded _)
            when state instanceof Aboard(var vehicle) -> List.of(Schedule.after(DEPARTURE, new Departure(vehicle)));
            case DeadlineReached(var _, var _, Departure(var vehicle), var _) ->
                List.of(new Execute(new Leave(CROSSING, vehicle)));
            case Happened(var _, var _, VehicleLeft _) when state instanceof Over -> List.of(new End());
            case Acknowledged _
            when state instanceof Over(var vehicle) -> List.of(new Execute(new TurnAway(vehicle, CROSSING)), new End());
            case Happened _, DeadlineReached _, Person _ -> List.of();
        };
    }

    private static List<Effect> board(String vehicle) {
        return List.of(new Execute(new Board(CROSSING, vehicle)), Schedule.after(PATIENCE, new Overdue(vehicle)));
    }

    @Override
    public Status status(State state) {
        return switch (state) {
            case NotBegun _ -> Status.of("NotBegun", "");
            case Boarding(var vehicle, var overdue) ->
                Status.of("Boarding", subject(vehicle))
                        .waiting("a place on " + CROSSING)
                        .late(overdue);
            case Aboard(var vehicle) -> Status.of("Aboard", subject(vehicle)).waiting("the departure");
            case TurnedDown(var vehicle, var why) ->
                Status.of("TurnedDown", subject(vehicle)).failing().stuck(why);
            case Over(var vehicle) -> Status.of("Over", subject(vehicle));
        };
    }

    private static String subject(String vehicle) {
        return Ferry.vehicle(vehicle).toString();
    }

    @Override
    public Optional<Rejection> refusal(State state, Person wish) {
        return state instanceof TurnedDown ? Optional.empty() : ProcessManager.super.refusal(state, wish);
    }
}
