package dev.quadrille.parking;

import static dev.quadrille.testkit.DeciderScenario.given;

import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.parking.InterventionCommand.Discard;
import dev.quadrille.parking.InterventionCommand.Replay;
import dev.quadrille.parking.InterventionEvent.DiscardRequested;
import dev.quadrille.parking.InterventionEvent.ReplayRequested;
import dev.quadrille.parking.Selection.By;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InterventionDeciderTest {

    private static final Aggregate<InterventionCommand, ?, InterventionEvent> INTERVENTIONS =
            InterventionDecider.aggregate();
    private static final InterventionId ID = new InterventionId(new UUID(1, 1));
    private static final UUID PARKED = new UUID(2, 2);
    private static final Selection STREAM = new Selection(By.STREAM, "ferry.crossing/tern");

    @Test
    void what_is_asked_for_is_recorded() {
        given(INTERVENTIONS, Installation.codec()).when(new Replay(ID, STREAM)).then(new ReplayRequested(ID, STREAM));

        given(INTERVENTIONS, Installation.codec())
                .when(new Discard(ID, PARKED, "sold"))
                .then(new DiscardRequested(ID, PARKED, "sold"));
    }

    @Test
    void what_is_asked_for_again_changes_nothing() {
        given(INTERVENTIONS, Installation.codec(), new ReplayRequested(ID, STREAM))
                .when(new Replay(ID, STREAM))
                .thenNothing();
    }
}
