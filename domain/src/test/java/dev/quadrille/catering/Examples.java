package dev.quadrille.catering;

import dev.quadrille.catering.order.CatererId;
import dev.quadrille.catering.order.CustomerId;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderId;
import java.time.Instant;
import java.util.UUID;

/** Who, what and when the examples of catering are told with. */
public final class Examples {

    public static final OrderId ORDER = new OrderId(UUID.fromString("f6000000-0000-4000-8000-000000000001"));
    public static final MenuId MENU = new MenuId(UUID.fromString("f7000000-0000-4000-8000-000000000001"));
    public static final MenuId OTHER_MENU = new MenuId(UUID.fromString("f7000000-0000-4000-8000-000000000002"));
    public static final CustomerId CUSTOMER = new CustomerId(UUID.fromString("f8000000-0000-4000-8000-000000000001"));
    public static final CatererId CATERER = new CatererId(UUID.fromString("f9000000-0000-4000-8000-000000000001"));
    public static final Instant ASKED_AT = Instant.parse("2026-02-28T12:00:00Z");
    public static final Instant OFFERS_END_AT = Instant.parse("2026-02-28T23:59:59.999999Z");

    private Examples() {}
}
