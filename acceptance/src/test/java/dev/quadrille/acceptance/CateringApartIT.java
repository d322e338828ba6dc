package dev.quadrille.acceptance;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Catering with {@link ContextsApart}: orders and the processes that match them are in JVMs of their own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CateringApartIT extends CateringContract {

    @RegisterExtension
    private static final Apart APART = new Apart();

    CateringApartIT() {
        super(APART.system().addresses());
    }
}
