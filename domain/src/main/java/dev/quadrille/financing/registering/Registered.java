package dev.quadrille.financing.registering;

import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Command;
import org.joda.money.Money;

/** What the Registering context announces, and what it means here. */
public sealed interface Registered {

    /** The command that an announcement becomes. */
    Command toCommand();

    /** An issuer may do business. */
    record IssuerRegistered(IssuerId issuerId, String name) implements Registered {
        @Override
        public CreateIssuer toCommand() {
            return new CreateIssuer(issuerId, name);
        }
    }

    /** An investor may do business, with this balance. */
    record InvestorRegistered(InvestorId investorId, String name, Money balance) implements Registered {
        @Override
        public CreateInvestor toCommand() {
            return new CreateInvestor(investorId, name, balance);
        }
    }
}
