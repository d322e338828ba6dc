package dev.quadrille.testkit;

import static dev.quadrille.kernel.Policy.whenever;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.TurnAway;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Policy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PolicyScenarioTest {

    private static final VehicleBoarded BOARDED = new VehicleBoarded("tern", "van");

    private static final List<Policy<?>> POLICIES = List.of(
            whenever(
                    VehicleBoarded.class,
                    "leave",
                    "11111111-1111-4111-8111-111111111111",
                    Leave.class,
                    boarded -> List.of(new Leave(boarded.crossing(), boarded.vehicle()))),
            whenever(
                    VehicleBoarded.class,
                    "tell",
                    "22222222-2222-4222-8222-222222222222",
                    TurnAway.class,
                    boarded -> List.of(new TurnAway(boarded.vehicle(), boarded.crossing()))));

    @Test
    void all_commands_of_all_policies_are_expected_in_their_order() {
        scenario(BOARDED).then(new Leave("tern", "van"), new TurnAway("van", "tern"));
        scenario(new VehicleLeft("tern", "van")).thenNothing();
    }

    @Test
    void anything_else_fails_and_tells_event_expected_and_actual() {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> scenario(BOARDED).then(new Leave("tern", "van")))
                .withMessageContainingAll(
                        BOARDED.toString(), "Leave[crossing=tern", "TurnAway[vehicle=van, crossing=tern]");
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> scenario(BOARDED).thenNothing());
    }

    @Test
    void a_policy_with_a_memory_fails() {
        var calls = new AtomicInteger();
        var forgetful = whenever(
                VehicleBoarded.class,
                "once",
                "33333333-3333-4333-8333-333333333333",
                Leave.class,
                _ -> calls.incrementAndGet() == 1 ? List.of(new Leave("tern", "van")) : List.of());

        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> PolicyScenario.whenever(List.of(forgetful), Ferry.CODEC, BOARDED)
                        .then(new Leave("tern", "van")))
                .withMessageContaining("asked again");
    }

    private static PolicyScenario scenario(Event event) {
        return PolicyScenario.whenever(POLICIES, Ferry.CODEC, event);
    }
}
