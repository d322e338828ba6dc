package dev.quadrille.commands;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The W3C Trace Context of a call: that of the client if it sends a well-formed one of version 00, else the beginning of
 * a new one.
 */
public final class Traceparent implements ServerInterceptor {

    public static final Metadata.Key<String> HEADER = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<String> OF_CALL = Context.key("traceparent");
    private static final Pattern WELL_FORMED =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * The trace context of the call that this thread answers.
     *
     * @throws NullPointerException outside of a call
     */
    static String ofCall() {
        return Objects.requireNonNull(OF_CALL.get(), "No call is being answered");
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var sent = headers.get(HEADER);
        var traceparent = sent != null && WELL_FORMED.matcher(sent).matches() ? sent : begin();
        return Contexts.interceptCall(Context.current().withValue(OF_CALL, traceparent), call, headers, next);
    }

    /** The version bits of a random UUID keep both ids from being all zero, which is forbidden. */
    private static String begin() {
        var trace = UUID.randomUUID();
        var hex = HexFormat.of();
        return "00-%s%s-%s-01"
                .formatted(
                        hex.toHexDigits(trace.getMostSignificantBits()),
                        hex.toHexDigits(trace.getLeastSignificantBits()),
                        hex.toHexDigits(UUID.randomUUID().getMostSignificantBits()));
    }
}
