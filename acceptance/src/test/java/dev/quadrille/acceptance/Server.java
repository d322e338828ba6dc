package dev.quadrille.acceptance;

/** A server behind the system that a test may take away and bring back. For one thread. */
final class Server {

    /** Starts the server, always on the same port and with what it held; returns when it serves. */
    @FunctionalInterface
    interface Start {
        /** Answers how it is stopped. */
        Runnable start() throws Exception;
    }

    private final Start start;
    private Runnable stop = () -> {};

    Server(Start start) {
        this.start = start;
    }

    void start() throws Exception {
        stop = start.start();
    }

    /** Repeating it changes nothing. */
    void stop() {
        stop.run();
    }
}
