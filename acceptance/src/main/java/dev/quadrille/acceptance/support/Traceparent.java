package dev.quadrille.acceptance.support;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The header {@code traceparent} of W3C Trace Context. */
public final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** A new trace. */
    public static String random() {
        var hex = HexFormat.of();
        var random = ThreadLocalRandom.current();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-"
                + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-01";
    }

    /** The trace that it belongs to. */
    public static String traceId(String traceparent) {
        return checked(traceparent).substring(3, 35);
    }

    static String checked(String traceparent) {
        if (!FORM.matcher(traceparent).matches()) {
            throw new IllegalArgumentException("Not a traceparent: " + traceparent);
        }
        return traceparent;
    }
}
