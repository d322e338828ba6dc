package dev.quadrille.kernel.process;

/**
 * A moment that a process waits for. Implemented by records, immutable, named for what is true once it is reached: {@code
 * AnswerOverdue}.
 */
public interface Deadline {}
