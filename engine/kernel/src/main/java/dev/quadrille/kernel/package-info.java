/**
 * The engine's rules in plain Java, without a dependency: what a decider, a policy, an event store and a bus are, and
 * the three small machines between them: {@link dev.quadrille.kernel.CommandHandler}, {@link
 * dev.quadrille.kernel.Policies} and {@link dev.quadrille.kernel.Relay}.
 */
@NullMarked
package dev.quadrille.kernel;

import org.jspecify.annotations.NullMarked;
