package dev.quadrille.projections.audit;

import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.process.DeadlineDelivery;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.kernel.process.Processes;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that answers an event, whether it is on its way already or not.
 *
 * @param issuedBy the name of the policy or the process manager
 * @param queue what the names of the queues begin with from which that hears the event
 * @param scheduledFor when it is sent, if it tells of a deadline
 */
record Issued(
        UUID id,
        String type,
        String stream,
        EventEnvelope answered,
        String issuedBy,
        String queue,
        @Nullable Instant scheduledFor) {

    /** All that answer an event, by every policy and process manager of the installation. */
    static Stream<Issued> after(EventEnvelope envelope, Event event, Codec codec) {
        var policies = Installation.CONTEXTS.stream()
                .flatMap(context -> context.policies().stream()
                        .flatMap(policy ->
                                Policies.answers(policy, envelope, event, codec, envelope.recordedAt()).stream()
                                        .map(command -> of(
                                                command,
                                                envelope,
                                                policy.name(),
                                                "policies." + context.name() + "."))));
        var inputs = Installation.PROCESS_MANAGERS.stream()
                .flatMap(manager -> ProcessRouter.input(manager, envelope, event, codec, envelope.recordedAt()).stream()
                        .map(command ->
                                of(command, envelope, manager.identity().name(), "inputs." + Processes.CONTEXT + ".")));
        var deadlines = event instanceof ProcessStepTaken step ? deadlines(envelope, step, codec) : Stream.<Issued>of();
        return Stream.of(policies, inputs, deadlines).flatMap(issued -> issued);
    }

    private static Issued of(CommandEnvelope command, EventEnvelope answered, String issuedBy, String queue) {
        return new Issued(
                command.id(), command.message().type(), command.stream().toString(), answered, issuedBy, queue, null);
    }

    /** They are stored with the step, and come from no queue. */
    private static Stream<Issued> deadlines(EventEnvelope envelope, ProcessStepTaken step, Codec codec) {
        return IntStream.range(0, step.deadlines().size()).mapToObj(index -> {
            var due = step.deadlines().get(index).due().from(envelope.recordedAt());
            var command = new ReachDeadline(step.processId(), envelope.version(), index, due);
            return new Issued(
                    DeadlineDelivery.commandId(envelope.id(), step.process(), index),
                    codec.encode(command).type(),
                    command.stream().toString(),
                    envelope,
                    step.type(),
                    "",
                    due);
        });
    }
}
