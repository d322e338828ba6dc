package dev.quadrille.demo;

import dev.quadrille.kernel.StreamId;

/** Which switches: there is one set of them. */
public record SwitchesId(String value) {

    public static final String CATEGORY = "demo.switches";

    public static final SwitchesId ALL = new SwitchesId("all");

    /** The stream in which they are switched. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value);
    }
}
