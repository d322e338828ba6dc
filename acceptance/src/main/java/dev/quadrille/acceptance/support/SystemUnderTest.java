package dev.quadrille.acceptance.support;

/** A running system. Its text is its name. */
public interface SystemUnderTest {

    Addresses addresses();
}
