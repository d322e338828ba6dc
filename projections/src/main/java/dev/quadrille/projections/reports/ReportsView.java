package dev.quadrille.projections.reports;

import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.reports.Reports;
import dev.quadrille.reports.customer.CustomerReportsId;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** The tables of reports: a row is of the stream of one customer's reports. */
public final class ReportsView implements View {

    static final Set<String> CATEGORIES =
            Set.of(CustomerReportsId.CATEGORY, Reports.CONTEXT + "." + CommandRejected.AGGREGATE);

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
