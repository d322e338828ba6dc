package dev.quadrille.reports;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import dev.quadrille.reports.customer.CustomerReportsCommand;
import dev.quadrille.reports.customer.CustomerReportsDecider;
import dev.quadrille.reports.customer.CustomerReportsEvent;
import java.util.List;

/** The context as a service hosts it: its name, its aggregates, its policies and its language. */
public final class Reports {

    public static final String CONTEXT = "reports";

    private Reports() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(CustomerReportsDecider.aggregate());
    }

    public static List<Policy<?>> policies() {
        return Gathering.POLICIES;
    }

    /** The stable names of everything this context stores and sends. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("reports.AddDocument.v1", CustomerReportsCommand.AddDocument.class)
                .register("reports.PublishReport.v1", CustomerReportsCommand.PublishReport.class)
                .register("reports.MarkDocumentAsVoided.v1", CustomerReportsCommand.MarkDocumentAsVoided.class)
                .register("reports.DocumentAddedToReport.v1", CustomerReportsEvent.DocumentAddedToReport.class)
                .register("reports.ReportPublished.v1", CustomerReportsEvent.ReportPublished.class)
                .register(
                        "reports.MarkingDocumentAsVoidedSucceeded.v1",
                        CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded.class)
                .register(
                        "reports.MarkingDocumentAsVoidedFailed.v1",
                        CustomerReportsEvent.MarkingDocumentAsVoidedFailed.class);
    }
}
