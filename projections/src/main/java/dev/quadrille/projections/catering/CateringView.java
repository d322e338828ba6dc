package dev.quadrille.projections.catering;

import dev.quadrille.catering.Catering;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** The tables of catering: a row is of one order's stream, and shown once the order is placed. */
public final class CateringView implements View {

    static final Set<String> CATEGORIES = Set.of(OrderId.CATEGORY, Catering.CONTEXT + "." + CommandRejected.AGGREGATE);

    @Override
    public Set<String> categories() {
        return CATEGORIES;
    }

    @Override
    public void apply(DSLContext transaction, List<Happened> events) {
        var changes = new Changes();
        events.forEach(changes::add);
        changes.write(transaction);
    }
}
