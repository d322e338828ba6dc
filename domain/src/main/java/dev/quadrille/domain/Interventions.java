package dev.quadrille.domain;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.parking.InterventionEvent;
import dev.quadrille.parking.InterventionEvent.DiscardRequested;
import dev.quadrille.parking.InterventionEvent.ReplayRequested;
import dev.quadrille.parking.Selection;
import dev.quadrille.rabbitmq.Replayer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Does in one service what operators have asked for, with those of the messages that this service has parked. Repeating it
 * is harmless.
 */
public final class Interventions implements Handler<EventEnvelope> {

    private final Codec codec;
    private final Replayer replayer;

    public Interventions(Codec codec, Replayer replayer) {
        this.codec = codec;
        this.replayer = replayer;
    }

    @Override
    public Handled<EventEnvelope> handle(List<EventEnvelope> batch) {
        var held = new ArrayList<EventEnvelope>();
        var handled = Handled.oneByOne(batch, EventEnvelope::stream, event -> {
            if (!intervene(event)) {
                held.add(event);
            }
        });
        held.addAll(handled.held());
        return new Handled<>(held, handled.failed());
    }

    private boolean intervene(EventEnvelope event) {
        if (!(codec.decode(event.message()) instanceof InterventionEvent intervention)) {
            throw new UnreadableMessage(event.message().type() + " is not an intervention");
        }
        return switch (intervention) {
            case ReplayRequested(var _, var selection) -> replayer.replay(filter(selection));
            case DiscardRequested(var _, var parkedId, var reason) -> replayer.discard(parkedId, reason);
        };
    }

    private static Filter filter(Selection selection) {
        return switch (selection.by()) {
            case ID -> Filter.message(UUID.fromString(selection.value()));
            case STREAM -> Filter.key("", selection.value());
            case FINGERPRINT -> Filter.alike(selection.value());
        };
    }
}
