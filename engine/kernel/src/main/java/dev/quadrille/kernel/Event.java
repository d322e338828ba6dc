package dev.quadrille.kernel;

/**
 * A fact: something that is true from now on. Implemented by records, grouped in one sealed interface per aggregate;
 * immutable, named in the past tense.
 */
public interface Event {}
