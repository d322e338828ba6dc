package dev.quadrille.financing.issuer;

/** An issuer as its decisions see it. */
sealed interface Issuer {

    record Unknown() implements Issuer {}

    record Created() implements Issuer {}
}
