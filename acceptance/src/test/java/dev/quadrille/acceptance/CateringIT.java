package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.SystemUnderTest;

@AgainstEverySystem
class CateringIT extends CateringContract {

    CateringIT(SystemUnderTest system) {
        super(system.addresses());
    }
}
