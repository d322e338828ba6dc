package org.example.lending.service;

import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.example.lending.proto.v1.CopyStatus.COPY_STATUS_AVAILABLE;
import static org.example.lending.proto.v1.CopyStatus.COPY_STATUS_LENT;
import static org.example.lending.proto.v1.CopyStatus.COPY_STATUS_RECALLED;
import static org.example.lending.proto.v1.CopyStatus.COPY_STATUS_RESERVED;

import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.example.lending.proto.v1.LendCopyRequest;
import org.example.lending.proto.v1.LendCopyResponse;
import org.example.lending.proto.v1.RegisterCopyRequest;
import org.example.lending.proto.v1.RegisterCopyResponse;
import org.example.lending.proto.v1.ReturnCopyRequest;
import org.example.lending.proto.v1.WaitForBookRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LendingApplicationTest {

    private static final String BOOK = UUID.randomUUID().toString();
    private static final String ADA = UUID.randomUUID().toString();
    private static final String BOB = UUID.randomUUID().toString();

    @Test
    void a_late_copy_is_recalled_and_then_kept_for_who_waits_on_servers_that_are_given() {
        try (var database = EmbeddedDatabase.temporary();
                var broker = EmbeddedBroker.temporary();
                var lending = new RunningLending(List.of(
                        "--POSTGRES_URL=" + database.jdbcUrl("anything"),
                        "--POSTGRES_USER=" + database.user(),
                        "--AMQP_URL=" + broker.amqpUrl(),
                        "--LOAN_PERIOD=200ms"))) {
            var registered = register(lending, UUID.randomUUID().toString());
            var copy = registered.getCopyId();
            assertThat(lending.copyAfter(registered.getCommandId(), copy).getStatus())
                    .isEqualTo(COPY_STATUS_AVAILABLE);

            var lent = lend(lending, copy, ADA);
            var withAda = lending.copyAfter(lent.getCommandId(), copy);
            assertThat(withAda.getReaderId()).isEqualTo(ADA);
            assertThat(withAda.getStatus()).isIn(COPY_STATUS_LENT, COPY_STATUS_RECALLED);
            assertThat(reasonAgainst(lending, copy, BOB)).isEqualTo("COPY_LENT");

            lending.await(BOOK, it -> it.getStatus() == COPY_STATUS_RECALLED);
            var waits = lending.commands()
                    .waitForBook(WaitForBookRequest.newBuilder()
                            .setBookId(BOOK)
                            .setReaderId(BOB)
                            .build());
            assertThat(lending.outcome(waits.getCommandId()).getStatus()).isEqualTo(OUTCOME_STATUS_ACCEPTED);
            lending.commands()
                    .returnCopy(ReturnCopyRequest.newBuilder().setCopyId(copy).build());
            var kept = lending.await(BOOK, it -> it.getStatus() == COPY_STATUS_RESERVED);
            assertThat(kept.getReaderId()).isEqualTo(BOB);
            assertThat(reasonAgainst(lending, copy, ADA)).isEqualTo("COPY_RESERVED");
        }
    }

    @Test
    void a_restart_on_the_embedded_servers_keeps_everything_and_a_repeated_request_counts_once(@TempDir Path data) {
        // Whatever servers the environment names.
        var settings = List.of("--POSTGRES_URL=", "--AMQP_URL=", "--DATA_DIR=" + data, "--LOAN_PERIOD=200ms");
        var request = UUID.randomUUID().toString();
        RegisterCopyResponse registered;
        LendCopyResponse lent;
        try (var lending = new RunningLending(settings)) {
            registered = register(lending, request);
            assertThat(register(lending, request)).isEqualTo(registered);
            lent = lend(lending, registered.getCopyId(), ADA);
            assertThat(lending.outcome(lent.getCommandId()).getStatus()).isEqualTo(OUTCOME_STATUS_ACCEPTED);
        }

        try (var lending = new RunningLending(settings)) {
            assertThat(register(lending, request)).isEqualTo(registered);
            assertThat(lending.outcome(lent.getCommandId()).getStatus()).isEqualTo(OUTCOME_STATUS_ACCEPTED);
            var recalled = lending.await(BOOK, it -> it.getStatus() == COPY_STATUS_RECALLED);
            assertThat(recalled.getReaderId()).isEqualTo(ADA);
            assertThat(lending.copies(BOOK)).containsExactly(recalled);
            assertThatThrownBy(() -> lend(lending, "no id", ADA))
                    .hasMessageContaining("INVALID_ARGUMENT")
                    .hasMessageContaining("copy_id");
        }
    }

    private static RegisterCopyResponse register(RunningLending lending, String requestId) {
        return lending.commands()
                .registerCopy(RegisterCopyRequest.newBuilder()
                        .setRequestId(requestId)
                        .setBookId(BOOK)
                        .setTitle("Emma")
                        .build());
    }

    private static LendCopyResponse lend(RunningLending lending, String copy, String reader) {
        return lending.commands()
                .lendCopy(LendCopyRequest.newBuilder()
                        .setCopyId(copy)
                        .setReaderId(reader)
                        .build());
    }

    private static String reasonAgainst(RunningLending lending, String copy, String reader) {
        return lending.outcome(lend(lending, copy, reader).getCommandId()).getReason();
    }
}
