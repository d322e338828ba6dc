package dev.quadrille.projections.financing;

import dev.quadrille.financing.Financing;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * The tables of financing. A row is made by whichever stream comes first and shown once its own has begun; rows are locked
 * in the order of tables and ids, so that transactions don't wait for each other in a circle.
 */
public final class FinancingView implements View {

    static final Set<String> CATEGORIES = Set.of(
            IssuerId.CATEGORY,
            InvestorId.CATEGORY,
            InvoiceId.CATEGORY,
            Financing.CONTEXT + "." + CommandRejected.AGGREGATE);

    @Override
    public Set<String> categories() {
        return CATEGORIES;
    }

    @Override
    public void apply(DSLContext transaction, List<Happened> events) {
        var changes = new Changes();
        events.forEach(happened -> changes.add(happened.event()));
        changes.write(transaction);
    }
}
