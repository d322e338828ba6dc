package dev.quadrille.financing.issuer;

import dev.quadrille.kernel.Event;

/** What can happen to an issuer. */
public sealed interface IssuerEvent extends Event {

    /** From now on the issuer may sell invoices. */
    record IssuerCreated(IssuerId issuerId, String name) implements IssuerEvent {}
}
