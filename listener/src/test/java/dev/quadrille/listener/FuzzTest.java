package dev.quadrille.listener;

import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.Fuzz;
import dev.quadrille.kernel.Codec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzTest {

    private static final Codec CODEC = Installation.codec();

    /** What is enqueued must be readable, or the call fails. */
    @Test
    void P9_no_request_is_INTERNAL_or_UNKNOWN_and_what_is_enqueued_can_be_read() {
        try (var service = new TestService(command -> CODEC.decode(command.message()));
                var client = service.client()) {
            new Fuzz(client).run(100_000);
        }
    }
}
