package dev.quadrille.console.system;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Why a call had no answer, for people.
 *
 * @param kind what to make of it
 * @param sentence what is wrong
 * @param advice what to do
 */
public record Fault(Kind kind, String sentence, String advice) {

    /** What to make of a fault. */
    public enum Kind {
        /** The server or what it needs is away, and comes back. */
        AWAY,
        /** There is no such thing, or not yet. */
        NOT_FOUND,
        /** What was asked makes no sense. */
        MALFORMED,
        /** The server doesn't know how to do that, or has failed on it. */
        BROKEN
    }

    /** Of a call that gives a command. */
    static Fault ofCommand(StatusRuntimeException failure) {
        return of("The listener", "See that it and its broker run, then press again: it counts once.", failure);
    }

    /** Of a call that asks. */
    public static Fault ofQuery(StatusRuntimeException failure) {
        return of("The query service", "See that it and its database run. It goes on by itself then.", failure);
    }

    private static Fault of(String service, String whenAway, StatusRuntimeException failure) {
        var status = failure.getStatus();
        var told = told(status);
        return switch (status.getCode()) {
            case UNAVAILABLE, CANCELLED -> new Fault(Kind.AWAY, service + " does not answer" + told, whenAway);
            case DEADLINE_EXCEEDED -> new Fault(Kind.AWAY, service + " has not answered in time.", whenAway);
            case RESOURCE_EXHAUSTED -> new Fault(Kind.AWAY, service + " has too much to do" + told, whenAway);
            case NOT_FOUND ->
                new Fault(
                        Kind.NOT_FOUND,
                        "There is no such thing, or not yet.",
                        "It shows here as soon as there is. If it does not, check the address.");
            case INVALID_ARGUMENT ->
                new Fault(
                        Kind.MALFORMED, service + " does not understand this" + told, "Check the address, or go back.");
            case UNIMPLEMENTED ->
                new Fault(
                        Kind.BROKEN,
                        service + " does not offer this.",
                        "It may be older than the console: run both from one version.");
            default ->
                new Fault(
                        Kind.BROKEN,
                        service + " has failed (" + status.getCode() + ")" + told,
                        "What went wrong is in its log.");
        };
    }

    /** What the server has said, and not what the client's own library makes of a connection. */
    private static String told(Status status) {
        var description = status.getDescription();
        return status.getCause() != null || description == null || description.isBlank() ? "." : ": " + description;
    }
}
