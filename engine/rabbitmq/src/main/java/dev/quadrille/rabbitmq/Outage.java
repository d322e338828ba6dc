package dev.quadrille.rabbitmq;

import org.slf4j.Logger;

/** Logs the beginning and the end of a trouble, and nothing in between. For one thread at a time. */
final class Outage {

    private final Logger log;
    private final String who;
    private boolean lasting;

    Outage(Logger log, String who) {
        this.log = log;
        this.who = who;
    }

    void lasts(Throwable reason) {
        if (!lasting) {
            log.warn("{} is waiting: {}", who, Failures.describe(reason));
            lasting = true;
        }
    }

    void over() {
        if (lasting) {
            log.info("{} goes on", who);
            lasting = false;
        }
    }
}
