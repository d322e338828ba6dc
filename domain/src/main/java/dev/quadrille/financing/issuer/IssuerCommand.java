package dev.quadrille.financing.issuer;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;

/** What an issuer can be asked. */
public sealed interface IssuerCommand extends Command {

    IssuerId issuerId();

    @Override
    default StreamId stream() {
        return issuerId().stream();
    }

    /** Admits an issuer; asked again, nothing changes. */
    record CreateIssuer(IssuerId issuerId, String name) implements IssuerCommand {}
}
