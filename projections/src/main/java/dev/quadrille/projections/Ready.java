package dev.quadrille.projections;

import dev.quadrille.postgres.Database;
import dev.quadrille.rabbitmq.Consumers;
import java.util.function.BooleanSupplier;

/**
 * Whether callers get good answers: the tables can be read, and the queues have been declared, before which events would
 * get lost. A broker that goes away later makes answers old, not wrong. Asked by one thread.
 */
final class Ready implements BooleanSupplier {

    private final Database tables;
    private final Consumers consumers;
    private boolean declared;

    Ready(Database tables, Consumers consumers) {
        this.tables = tables;
        this.consumers = consumers;
    }

    @Override
    public boolean getAsBoolean() {
        declared = declared || consumers.attached();
        return declared && tables.answers();
    }
}
