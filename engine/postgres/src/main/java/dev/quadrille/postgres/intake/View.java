package dev.quadrille.postgres.intake;

import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** The read tables of one context. Called by several threads at once. */
public interface View {

    /** The categories of the streams that the tables are made of. Every event of theirs is applied. */
    Set<String> categories();

    /**
     * Changes the tables by events that they have not seen. Other transactions may do the same at the same time with
     * events of other streams, and the streams come in any order: a column is changed by events of one stream only, and
     * rows are locked in an order that is the same for all.
     *
     * @param events one or more of the view's categories, those of each stream in its order
     * @throws RuntimeException if one of them can't be applied; the transaction is then rolled back
     */
    void apply(DSLContext transaction, List<Happened> events);
}
