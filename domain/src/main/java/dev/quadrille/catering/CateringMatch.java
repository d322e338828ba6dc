package dev.quadrille.catering;

import dev.quadrille.catering.MatchState.Begun;
import dev.quadrille.catering.MatchState.MenuMatched;
import dev.quadrille.catering.MatchState.NotBegun;
import dev.quadrille.catering.MatchState.OfferPeriodOver;
import dev.quadrille.catering.MatchState.OffersOpen;
import dev.quadrille.catering.order.OrderCommand;
import dev.quadrille.catering.order.OrderCommand.ConfirmOrder;
import dev.quadrille.catering.order.OrderCommand.ExpireOrder;
import dev.quadrille.catering.order.OrderEvent;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessIdentity;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Routes;
import dev.quadrille.kernel.process.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Confirms an order with the first menu that the customer and its caterer have both confirmed, or has it expire when the
 * offer period ends before: whichever comes to it first.
 */
final class CateringMatch implements ProcessManager<MatchState> {

    private static final ProcessIdentity IDENTITY =
            ProcessIdentity.of("catering-match", "c4f6a1d2-7b3e-4c58-9d0a-2e8b5f7c6a13");

    private static final Routes ROUTES = Routes.none()
            .hears(OrderPlaced.class, CateringMatch::to)
            .hears(CustomerConfirmedMenu.class, CateringMatch::to)
            .hears(CatererConfirmedMenu.class, CateringMatch::to)
            .hears(OrderEvent.OrderConfirmed.class, CateringMatch::to)
            .hears(OrderEvent.OrderExpired.class, CateringMatch::to)
            .hears(CommandRejected.class, event -> issuer(event.command()))
            .executes(ConfirmOrder.class)
            .executes(ExpireOrder.class)
            .schedules(OfferPeriodEnded.class);

    /** The process of an order: the only one, and nobody else's, as it is derived from the key of all these. */
    static ProcessId of(OrderId order) {
        return new ProcessId(DerivedId.of(IDENTITY.key(), order.value()));
    }

    private static Optional<UUID> to(OrderEvent event) {
        return Optional.of(of(event.orderId()).value());
    }

    private static Optional<UUID> issuer(@Nullable Command rejected) {
        return switch (rejected) {
            case ConfirmOrder confirm -> Optional.of(of(confirm.orderId()).value());
            case ExpireOrder expire -> Optional.of(of(expire.orderId()).value());
            case null, default -> Optional.empty();
        };
    }

    @Override
    public ProcessIdentity identity() {
        return IDENTITY;
    }

    @Override
    public Routes routes() {
        return ROUTES;
    }

    @Override
    public MatchState initial() {
        return new NotBegun();
    }

    @Override
    public MatchState evolve(MatchState state, Input input) {
        return switch (input) {
            case Happened(var _, var _, var event) -> evolve(state, event);
            case DeadlineReached _ when state instanceof OffersOpen open -> new OfferPeriodOver(open.orderId(), "");
            case RetryRequested _ -> stuck(state, "");
            case DeadlineReached _, Acknowledged _ -> state;
        };
    }

    private static MatchState evolve(MatchState state, Event event) {
        return switch (event) {
            case OrderPlaced(var order, var _, var _)
            when state instanceof NotBegun -> new OffersOpen(order, Set.of(), Set.of());
            case CustomerConfirmedMenu(var _, var menu)
            when state instanceof OffersOpen open -> open.confirmedByCustomer(menu);
            case CatererConfirmedMenu(var _, var menu)
            when state instanceof OffersOpen open -> open.confirmedByCaterer(menu);
            case CustomerConfirmedMenu _, CatererConfirmedMenu _
            when state instanceof MenuMatched(var order, var menu, var _, var stuck) ->
                new MenuMatched(order, menu, true, stuck);
            case OrderEvent.OrderConfirmed(var order, var _)
            when state instanceof Begun -> new MatchState.OrderConfirmed(order);
            case OrderEvent.OrderExpired(var order) when state instanceof Begun -> new MatchState.OrderExpired(order);
            case CommandRejected rejected
            when asked(state).filter(it -> it.equals(rejected.command())).isPresent() ->
                stuck(
                        state,
                        rejected.commandType() + " was rejected: " + rejected.reason() + ", " + rejected.message());
            default -> state;
        };
    }

    private static MatchState stuck(MatchState state, String because) {
        return switch (state) {
            case MenuMatched(var order, var menu, var again, var _) -> new MenuMatched(order, menu, again, because);
            case OfferPeriodOver(var order, var _) -> new OfferPeriodOver(order, because);
            case NotBegun _, OffersOpen _, MatchState.OrderConfirmed _, MatchState.OrderExpired _ -> state;
        };
    }

    /** What the order has been asked and has not answered. */
    private static Optional<OrderCommand> asked(MatchState state) {
        return switch (state) {
            case MenuMatched(var order, var menu, var _, var _) -> Optional.of(new ConfirmOrder(order, menu));
            case OfferPeriodOver(var order, var _) -> Optional.of(new ExpireOrder(order));
            case NotBegun _, OffersOpen _, MatchState.OrderConfirmed _, MatchState.OrderExpired _ -> Optional.empty();
        };
    }

    @Override
    public List<Effect> react(MatchState state, Input input) {
        return switch (state) {
            case OffersOpen _
            when input instanceof Happened(var _, var _, OrderPlaced(var order, var _, var offersEndAt)) ->
                List.of(Schedule.at(offersEndAt, new OfferPeriodEnded(order)));
            case MenuMatched matched when confirms(input) && !matched.again() -> ask(matched);
            case OfferPeriodOver over when input instanceof DeadlineReached -> ask(over);
            case MenuMatched _, OfferPeriodOver _ when input instanceof RetryRequested -> ask(state);
            case MatchState.OrderConfirmed _, MatchState.OrderExpired _ -> List.of(new End());
            case NotBegun _, OffersOpen _, MenuMatched _, OfferPeriodOver _ -> List.of();
        };
    }

    private static boolean confirms(Input input) {
        return input instanceof Happened(var _, var _, CustomerConfirmedMenu _)
                || input instanceof Happened(var _, var _, CatererConfirmedMenu _);
    }

    private static List<Effect> ask(MatchState state) {
        return asked(state).<Effect>map(Execute::new).stream().toList();
    }

    @Override
    public Status status(MatchState state) {
        var subject = state instanceof Begun begun ? begun.orderId().stream().toString() : "";
        var status = Status.of(state.getClass().getSimpleName(), subject);
        return switch (state) {
            case OffersOpen _ -> status.waiting("the customer and a caterer to confirm the same menu");
            case MenuMatched matched ->
                status.waiting("the order to be confirmed").stuck(matched.stuckBecause());
            case OfferPeriodOver over -> status.waiting("the order to expire").stuck(over.stuckBecause());
            case NotBegun _, MatchState.OrderConfirmed _, MatchState.OrderExpired _ -> status;
        };
    }

    @Override
    public Optional<Rejection> refusal(MatchState state, Person wish) {
        return wish instanceof RetryRequested && asked(state).isPresent()
                ? Optional.empty()
                : ProcessManager.super.refusal(state, wish);
    }
}
