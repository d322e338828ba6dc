package dev.quadrille.kernel;

/**
 * A command or an event as it is stored and sent: its stable name and its text. The name is not a class name, so
 * renaming a class changes nothing that was written.
 *
 * @param type {@code <context>.<Name>.v<n>}
 * @param body what {@link Codec#encode} made of it
 */
public record Message(String type, String body) {}
