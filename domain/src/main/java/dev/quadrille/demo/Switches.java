package dev.quadrille.demo;

import java.time.Duration;

/**
 * How an installation's switches stand.
 *
 * @param demo whether documents are issued by themselves
 * @param pause how long processes pause before each step
 */
public record Switches(boolean demo, Duration pause) {}
