/**
 * Process managers: work that takes several steps, waits, and may fail. What one is to do is a {@link
 * dev.quadrille.kernel.process.ProcessManager}, pure functions; that it is done is the job of the machines that commands and
 * policies use as well, as each of its instances is an aggregate: {@link dev.quadrille.kernel.process.ProcessRouter} turns
 * events into commands to it, {@link dev.quadrille.kernel.process.Processes#aggregate} decides them, {@link
 * dev.quadrille.kernel.process.Processes#policy()} issues the commands of its steps, and {@link
 * dev.quadrille.kernel.process.DeadlineDelivery} tells it that a deadline was reached.
 */
@NullMarked
package dev.quadrille.kernel.process;

import org.jspecify.annotations.NullMarked;
