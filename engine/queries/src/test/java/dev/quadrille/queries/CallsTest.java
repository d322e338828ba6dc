package dev.quadrille.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.Unavailable;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallsTest {

    private final CompletableFuture<String> wanted = new CompletableFuture<>();

    @Test
    void a_call_that_ends_waits_no_longer_and_wants_nothing_any_more() throws Exception {
        try (var call = Context.current().withCancellation()) {
            var waiting = CompletableFuture.runAsync(call.wrap((Runnable) () -> Calls.await(wanted)));
            call.cancel(null);

            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(CancellationException.class);
            assertThat(wanted).isCancelled();
        }
    }

    @Test
    void a_call_without_a_deadline_waits_as_long_as_it_is_told() {
        assertThatThrownBy(() -> Calls.await(wanted, Duration.ofMillis(1), CallsTest::late))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("too late");
    }

    @Test
    void what_was_waited_for_is_answered() {
        wanted.complete("found");

        assertThat(Calls.await(wanted, Duration.ofDays(1), CallsTest::late)).isEqualTo("found");
    }

    @Test
    void a_failure_comes_as_it_was() {
        var away = new Unavailable("away", null);
        wanted.completeExceptionally(away);

        assertThatThrownBy(() -> Calls.await(wanted)).isSameAs(away);
    }

    private static StatusRuntimeException late() {
        return GrpcErrors.deadlineExceeded("TOO_LATE", "too late");
    }
}
