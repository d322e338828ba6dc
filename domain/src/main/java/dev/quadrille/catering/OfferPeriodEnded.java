package dev.quadrille.catering;

import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.process.Deadline;

/** The time in which menus could be matched is over. */
public record OfferPeriodEnded(OrderId orderId) implements Deadline {}
