package dev.quadrille.financing.issuer;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;

import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.Set;

/** An issuer is created once. */
public final class IssuerDecider implements Decider<IssuerCommand, Issuer, IssuerEvent> {

    private IssuerDecider() {}

    /** Issuers as the handler hosts them. */
    public static Aggregate<IssuerCommand, ?, IssuerEvent> aggregate() {
        return new Aggregate<>(IssuerId.CATEGORY, IssuerCommand.class, IssuerEvent.class, new IssuerDecider());
    }

    @Override
    public Issuer initial() {
        return new Issuer.Unknown();
    }

    @Override
    public Issuer evolve(Issuer issuer, IssuerEvent event) {
        return switch (event) {
            case IssuerCreated _ when issuer instanceof Issuer.Unknown -> new Issuer.Created();
            case IssuerCreated _ -> throw new IllegalStateException(event + " can't follow on " + issuer);
        };
    }

    @Override
    public Decision<IssuerEvent> decide(Issuer issuer, IssuerCommand command, Set<StreamId> existing) {
        return switch (command) {
            case CreateIssuer(var issuerId, var name) ->
                switch (issuer) {
                    case Issuer.Unknown _ -> accept(new IssuerCreated(issuerId, name));
                    case Issuer.Created _ -> alreadyTrue();
                };
        };
    }
}
