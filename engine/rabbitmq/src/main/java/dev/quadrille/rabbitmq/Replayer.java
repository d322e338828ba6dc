package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Parking.Place;
import dev.quadrille.rabbitmq.ParkedLine.Result;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has parked messages handled again, or finishes them without effect, in the order of their keys (P6). Once a message is
 * finished, those that only stood behind it follow; one that fails again stays, and what is behind it with it. Called by
 * one thread at a time, beside the consumers.
 *
 * <p>Each call may throw {@link dev.quadrille.kernel.Unavailable}, and each may be repeated, at any time and as often as one
 * likes: it goes on where it was.
 */
public final class Replayer {

    private static final Logger log = LoggerFactory.getLogger(Replayer.class);

    private final Parking parking;
    private final Map<String, ParkedLine<?>> lines;

    /** @param lines by queue */
    Replayer(Parking parking, Map<String, ParkedLine<?>> lines) {
        this.parking = parking;
        this.lines = lines;
    }

    /**
     * Tries messages again. A single one comes after those that stand before it in its key.
     *
     * @return false if something can't be tried now: call again after a pause
     */
    public boolean replay(Filter filter) {
        var finished = filter.id() == null
                ? goOn(parking.foremost(filter), place -> matches(filter, place.parked()))
                : replay(filter.id());
        return goOnWhereNobodyStandsBefore() && finished;
    }

    private boolean replay(UUID id) {
        return parking.first(Filter.message(id))
                .map(wanted -> goOn(wanted.parked(), place -> place.number() <= wanted.number()))
                .orElse(true);
    }

    /**
     * Finishes a message without effect, as soon as it stands first of its key.
     *
     * @return false if what stands behind it can't be tried now: call again after a pause
     */
    public boolean discard(UUID id, String why) {
        parking.discard(id, why);
        var finished = parking.first(Filter.message(id))
                .map(wanted -> goOn(wanted.parked(), _ -> false))
                .orElse(true);
        return goOnWhereNobodyStandsBefore() && finished;
    }

    /** What only stood behind another that has been finished, when this process died before it came to it. */
    private boolean goOnWhereNobodyStandsBefore() {
        return goOn(parking.leftBehind(), _ -> false);
    }

    private boolean goOn(List<Parked> foremost, Predicate<Place> wanted) {
        var finished = true;
        for (var first : foremost) {
            finished &= goOn(first, wanted);
        }
        return finished;
    }

    /** From the first of this one's key on, until one may not go, or fails. */
    private boolean goOn(Parked ofKey, Predicate<Place> wanted) {
        var line = lines.get(ofKey.consumer());
        if (line == null) {
            log.warn("No queue {} is consumed here; what it has parked stays", ofKey.consumer());
            return true;
        }
        var key = keyOf(ofKey);
        for (var next = parking.first(key); next.isPresent(); next = parking.first(key)) {
            var place = next.get();
            var mayGo = wanted.test(place)
                    || place.parked().waitsBehind()
                    || place.parked().discarded() != null;
            var result = mayGo ? line.go(place.parked()) : Result.FAILED;
            if (result != Result.FINISHED) {
                return result == Result.FAILED;
            }
        }
        return true;
    }

    /** All that stands in the order of this message: those of its key, or it alone. */
    private static Filter keyOf(Parked parked) {
        return parked.key().isEmpty() ? Filter.message(parked.id()) : Filter.key(parked.consumer(), parked.key());
    }

    private static boolean matches(Filter filter, Parked parked) {
        return (filter.consumer().isEmpty() || filter.consumer().equals(parked.consumer()))
                && (filter.key().isEmpty() || filter.key().equals(parked.key()))
                && (filter.fingerprint().isEmpty()
                        || filter.fingerprint().equals(parked.failure().fingerprint()));
    }
}
