package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.UnreadableMessage;

/** How one kind of message looks on the wire. Safe to share between threads. */
public interface MessageFormat<M> {

    Outgoing write(M message);

    /**
     * Reads what {@link #write} wrote, or another system that keeps to the contract.
     *
     * @throws UnreadableMessage if anything is missing or off
     */
    M read(Delivery delivery);

    /** The stream in whose order a message stands, readable or not; empty if it stands in none. */
    String key(Delivery delivery);

    /** The stable name of what a message says, readable or not; empty if it has none. */
    String type(Delivery delivery);
}
