package dev.quadrille.kernel;

import static dev.quadrille.kernel.Policy.whenever;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.TurnAway;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Handler.Handled;
import dev.quadrille.testkit.HeldClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PoliciesTest {

    private static final Handled<EventEnvelope> ALL_DONE = new Handled<>(List.of(), List.of());
    private static final String EMPTY_KEY = "11111111-1111-4111-8111-111111111111";
    private static final String TELL_KEY = "22222222-2222-4222-8222-222222222222";

    private static final Policy<VehicleBoarded> EMPTY_THE_DECK = whenever(
            VehicleBoarded.class,
            "empty the deck",
            EMPTY_KEY,
            Set.of(Leave.class, TurnAway.class),
            boarded -> List.of(
                    new Leave(boarded.crossing(), boarded.vehicle()),
                    new TurnAway(boarded.vehicle(), boarded.crossing())));

    private static final Policy<VehicleBoarded> TELL_THE_VEHICLE =
            whenever(VehicleBoarded.class, "tell the vehicle", TELL_KEY, TurnAway.class, boarded -> {
                if (boarded.vehicle().equals(Ferry.GHOST)) {
                    throw new IllegalStateException("Nobody thought of ghosts");
                }
                return List.of(new TurnAway(boarded.vehicle(), boarded.crossing()));
            });

    private final HeldClock clock = new HeldClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final List<CommandEnvelope> sent = new ArrayList<>();
    private final Policies policies =
            new Policies(List.of(EMPTY_THE_DECK, TELL_THE_VEHICLE), Ferry.CODEC, sent::addAll, clock);

    @Test
    @Tag("C2.14")
    void every_policy_answers_the_events_of_its_type_in_order() {
        assertThat(policies.handle(List.of(boarded("tern", "van"), left("tern", "van"), boarded("gull", "bus"))))
                .isEqualTo(ALL_DONE);

        assertThat(sent.stream().map(command -> Ferry.CODEC.decode(command.message())))
                .containsExactly(
                        new Leave("tern", "van"),
                        new TurnAway("van", "tern"),
                        new TurnAway("van", "tern"),
                        new Leave("gull", "bus"),
                        new TurnAway("bus", "gull"),
                        new TurnAway("bus", "gull"));
        assertThat(sent).extracting(CommandEnvelope::stream).startsWith(Ferry.crossing("tern"), Ferry.vehicle("van"));
    }

    @Test
    void P5_a_repeated_event_repeats_its_commands_with_the_same_ids() {
        var event = boarded("tern", "van");
        policies.handle(List.of(event));
        var first = List.copyOf(sent);
        clock.advance(Duration.ofHours(1));

        policies.handle(List.of(event));

        assertThat(sent.subList(3, 6)).extracting(CommandEnvelope::id).containsExactly(ids(first));
        assertThat(ids(first))
                .containsExactly(
                        DerivedId.of(event.id(), EMPTY_KEY, 0),
                        DerivedId.of(event.id(), EMPTY_KEY, 1),
                        DerivedId.of(event.id(), TELL_KEY, 0));
    }

    @Test
    @Tag("C2.13")
    void answers_belong_to_what_began_it_all_and_are_caused_by_the_event() {
        var event = boarded("tern", "van");
        policies.handle(List.of(event));

        assertThat(sent).allSatisfy(command -> {
            assertThat(command.lineage())
                    .isEqualTo(new Lineage(
                            event.lineage().correlationId(),
                            event.id(),
                            event.lineage().traceparent()));
            assertThat(command.requestId()).isNull();
            assertThat(command.issuedAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void P6_an_event_that_fails_holds_its_stream_and_no_other() {
        var before = left("tern", "van");
        var ghost = boarded("tern", Ferry.GHOST);
        var behind = boarded("tern", "van");
        var elsewhere = boarded("gull", "bus");

        var handled = policies.handle(List.of(before, ghost, behind, elsewhere));

        assertThat(handled.held()).containsExactly(behind);
        assertThat(handled.failed()).extracting(Failed::message).containsExactly(ghost);
        assertThat(sent.stream().map(CommandEnvelope::lineage).map(Lineage::causationId))
                .containsOnly(elsewhere.id());
    }

    @Test
    void P6_what_is_unreadable_or_no_event_fails_alone() {
        var unknown = event("tern", new Message("ferry.Sunk.v1", "{}"));
        var command = event("gull", Ferry.CODEC.encode(new Leave("gull", "van")));

        var handled = policies.handle(List.of(unknown, command, left("heron", "van")));

        assertThat(handled.held()).isEmpty();
        assertThat(handled.failed()).extracting(Failed::message).containsExactly(unknown, command);
        assertThat(handled.failed())
                .allSatisfy(failed -> assertThat(failed.reason()).isInstanceOf(UnreadableMessage.class));
    }

    @Test
    void without_an_answer_nothing_is_sent() {
        CommandBus away = _ -> {
            throw new Unavailable("The broker is away", null);
        };
        var silent = new Policies(List.of(EMPTY_THE_DECK), Ferry.CODEC, away, clock);

        assertThat(silent.handle(List.of(left("tern", "van")))).isEqualTo(ALL_DONE);
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> silent.handle(List.of(boarded("tern", "van"))));
    }

    @Test
    void a_command_that_a_policy_does_not_declare_is_refused_by_name() {
        var loose = whenever(
                VehicleBoarded.class,
                "leave at once",
                TELL_KEY,
                Set.of(TurnAway.class),
                boarded -> List.of(new Leave(boarded.crossing(), boarded.vehicle())));

        assertThatIllegalStateException()
                .isThrownBy(() -> loose.react(new VehicleBoarded("tern", "van")))
                .withMessageContainingAll("'leave at once'", "Leave[crossing=tern, vehicle=van]", "TurnAway");
    }

    @Test
    void two_policies_with_one_key_are_refused_by_name() {
        var other = whenever(VehicleLeft.class, "wave", EMPTY_KEY, Leave.class, _ -> List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Policies(List.of(EMPTY_THE_DECK, other), Ferry.CODEC, sent::addAll, clock))
                .withMessageContainingAll("'empty the deck'", "'wave'", EMPTY_KEY);
    }

    private static UUID[] ids(List<CommandEnvelope> commands) {
        return commands.stream().map(CommandEnvelope::id).toArray(UUID[]::new);
    }

    private static EventEnvelope boarded(String crossing, String vehicle) {
        return event(crossing, Ferry.CODEC.encode(new VehicleBoarded(crossing, vehicle)));
    }

    private static EventEnvelope left(String crossing, String vehicle) {
        return event(crossing, Ferry.CODEC.encode(new VehicleLeft(crossing, vehicle)));
    }

    private static EventEnvelope event(String crossing, Message message) {
        var began = DerivedId.of(new UUID(0, 0), crossing);
        return new EventEnvelope(
                DerivedId.of(began, message),
                Ferry.crossing(crossing),
                1,
                Instant.EPOCH,
                new Lineage(began, began, "00-1-2-00"),
                message);
    }
}
