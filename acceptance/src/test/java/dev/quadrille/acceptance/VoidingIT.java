package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.SystemUnderTest;

@AgainstEverySystem
class VoidingIT extends VoidingContract {

    VoidingIT(SystemUnderTest system) {
        super(system.addresses());
    }
}
