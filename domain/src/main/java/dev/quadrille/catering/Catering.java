package dev.quadrille.catering;

import dev.quadrille.catering.order.OrderCommand;
import dev.quadrille.catering.order.OrderDecider;
import dev.quadrille.catering.order.OrderEvent;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessManager;
import java.util.List;

/** The context as a service hosts it: its name, its aggregates, its process manager and its language. */
public final class Catering {

    public static final String CONTEXT = "catering";

    private Catering() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(OrderDecider.aggregate());
    }

    public static List<ProcessManager<?>> processManagers() {
        return List.of(new CateringMatch());
    }

    /** The process that matches the menus of this order. */
    public static ProcessId processOf(OrderId order) {
        return CateringMatch.of(order);
    }

    /** The stable names of everything this context stores, sends and schedules. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("catering.PlaceOrder.v1", OrderCommand.PlaceOrder.class)
                .register("catering.OfferMenu.v1", OrderCommand.OfferMenu.class)
                .register("catering.ConfirmMenuAsCustomer.v1", OrderCommand.ConfirmMenuAsCustomer.class)
                .register("catering.ConfirmMenuAsCaterer.v1", OrderCommand.ConfirmMenuAsCaterer.class)
                .register("catering.DeclineMenuAsCaterer.v1", OrderCommand.DeclineMenuAsCaterer.class)
                .register("catering.ConfirmOrder.v1", OrderCommand.ConfirmOrder.class)
                .register("catering.ExpireOrder.v1", OrderCommand.ExpireOrder.class)
                .register("catering.OrderPlaced.v1", OrderEvent.OrderPlaced.class)
                .register("catering.MenuOffered.v1", OrderEvent.MenuOffered.class)
                .register("catering.CustomerConfirmedMenu.v1", OrderEvent.CustomerConfirmedMenu.class)
                .register("catering.CatererConfirmedMenu.v1", OrderEvent.CatererConfirmedMenu.class)
                .register("catering.CatererDeclinedMenu.v1", OrderEvent.CatererDeclinedMenu.class)
                .register("catering.OrderConfirmed.v1", OrderEvent.OrderConfirmed.class)
                .register("catering.OrderExpired.v1", OrderEvent.OrderExpired.class)
                .register("catering.OfferPeriodEnded.v1", OfferPeriodEnded.class);
    }
}
