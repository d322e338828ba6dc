package dev.quadrille.financing.registering;

import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.financing.registering.Registered.IssuerRegistered;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RegisteredTest {

    @Test
    void a_registered_issuer_is_created_here() {
        assertThat(new IssuerRegistered(ISSUER, "Harbor & Sons").toCommand())
                .isEqualTo(new CreateIssuer(ISSUER, "Harbor & Sons"));
    }

    @Test
    void a_registered_investor_is_created_here_with_the_balance() {
        assertThat(new InvestorRegistered(INVESTOR, "Ada", eur(100)).toCommand())
                .isEqualTo(new CreateInvestor(INVESTOR, "Ada", eur(100)));
    }
}
