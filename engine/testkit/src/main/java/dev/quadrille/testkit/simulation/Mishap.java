package dev.quadrille.testkit.simulation;

import java.util.Optional;

/** All goes well but for one fault, at one place: before or after one effect, counted from 0. */
final class Mishap implements Fate {

    private final Fault fault;
    private final int place;
    private int places;

    Mishap(Fault fault, int place) {
        this.fault = fault;
        this.place = place;
    }

    @Override
    public Optional<Fault> fault() {
        return places++ == place ? Optional.of(fault) : Optional.empty();
    }
}
