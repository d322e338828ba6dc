package dev.quadrille.kernel;

/** Turns commands and events into what is stored and sent, and back. Implementations are safe to share between threads. */
public interface Codec {

    /**
     * The message's stable name and text.
     *
     * @throws IllegalArgumentException if the message's class was never registered
     */
    Message encode(Object message);

    /**
     * Reads what {@link #encode} wrote, today or years ago.
     *
     * @throws UnreadableMessage if the type is unknown or the body does not fit it
     */
    Object decode(Message message);
}
