package dev.quadrille.rabbitmq;

/** The broker confirms more slowly than messages come in: this one was not sent. Slow down and send it again. */
public final class TooManyUnconfirmed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyUnconfirmed(int limit) {
        super(limit + " messages wait for the broker's confirm already");
    }
}
