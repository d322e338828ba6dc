package dev.quadrille.financing.issuer;

import static dev.quadrille.financing.Examples.ISSUER;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.testkit.DeciderScenario;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IssuerDeciderTest {

    private static final IssuerCreated CREATED = new IssuerCreated(ISSUER, "Harbor & Sons");

    @Test
    void an_issuer_is_created() {
        given().when(new CreateIssuer(ISSUER, "Harbor & Sons")).then(CREATED);
    }

    @Test
    void again_is_a_no_op_whatever_the_name() {
        given(CREATED).when(new CreateIssuer(ISSUER, "Harbor & Sons")).thenNothing();
        given(CREATED).when(new CreateIssuer(ISSUER, "Harbor & Daughters")).thenNothing();
    }

    @Test
    void an_issuer_that_began_twice_is_corrupt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> given(CREATED, CREATED).when(new CreateIssuer(ISSUER, "Harbor & Sons")))
                .withMessageContaining("IssuerCreated");
    }

    private static DeciderScenario<IssuerCommand, IssuerEvent> given(IssuerEvent... history) {
        return DeciderScenario.given(IssuerDecider.aggregate(), Installation.codec(), history);
    }
}
