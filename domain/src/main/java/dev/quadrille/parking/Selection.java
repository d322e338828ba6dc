package dev.quadrille.parking;

/**
 * Which parked messages: those that have something in common.
 *
 * @param value the id of one, a stream, or a fingerprint
 */
public record Selection(By by, String value) {

    /** What they have in common. */
    public enum By {
        ID,
        STREAM,
        FINGERPRINT
    }
}
