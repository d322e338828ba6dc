package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.UnreadableMessage;
import java.util.List;
import java.util.Optional;

/**
 * What became of the messages of one queue that are parked. Their handler is called beside the queue's consumer, which
 * knows their keys to be closed.
 */
record ParkedLine<M>(MessageFormat<M> format, Handler<M> handler, Parking parking) {

    /** How another try ended. */
    enum Result {
        FINISHED,
        FAILED,
        /** Not now; to be tried again after a pause. */
        HELD
    }

    /**
     * Tries a message again, or finishes it without effect if it is to be discarded.
     *
     * @throws Unavailable if a server is away: nothing has changed, or it is handled and will be again
     */
    Result go(Parked parked) {
        return parked.discarded() == null ? handle(parked) : discard(parked, parked.discarded());
    }

    private Result handle(Parked parked) {
        try {
            var handled = handler.handle(List.of(format.read(ParkedDelivery.again(parked))));
            if (!handled.held().isEmpty()) {
                return Result.HELD;
            }
            if (!handled.failed().isEmpty()) {
                return failed(parked, handled.failed().getFirst().reason());
            }
            return finish(parked);
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError fault) {
            return failed(parked, Failures.asException(fault));
        }
    }

    private Result discard(Parked parked, String why) {
        try {
            asFarAsReadable(parked).ifPresent(message -> handler.discard(message, why));
            return finish(parked);
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException fault) {
            return failed(parked, fault);
        }
    }

    private Optional<M> asFarAsReadable(Parked parked) {
        for (var delivery : List.of(ParkedDelivery.again(parked), ParkedDelivery.withoutBody(parked))) {
            try {
                return Optional.of(format.read(delivery));
            } catch (UnreadableMessage unreadable) {
                // Perhaps less of it is readable; what is not even that, nobody waits for.
            }
        }
        return Optional.empty();
    }

    private Result finish(Parked parked) {
        parking.finish(parked.id());
        return Result.FINISHED;
    }

    private Result failed(Parked parked, RuntimeException reason) {
        var attempts = parked.failure().attempts() + 1;
        parking.failed(parked.id(), ParkedDelivery.failure(parked.consumer(), parked.type(), attempts, reason));
        return Result.FAILED;
    }
}
