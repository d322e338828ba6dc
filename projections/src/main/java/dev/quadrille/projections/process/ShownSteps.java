package dev.quadrille.projections.process;

import static dev.quadrille.queries.Times.timestamp;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.proto.process.v1.IssuedCommand;
import dev.quadrille.proto.process.v1.ProcessInput;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.ScheduledDeadline;

/** The steps of processes as the gRPC contract shows them. */
final class ShownSteps {

    private final MessageTypes types;

    ShownSteps(MessageTypes types) {
        this.types = types;
    }

    ProcessStep shown(ProcessStepTaken step, EventEnvelope envelope) {
        var shown = ProcessStep.newBuilder()
                .setNumber(envelope.version())
                .setTakenAt(timestamp(envelope.recordedAt()))
                .setInput(shown(step.input()))
                .setState(step.status().state())
                .setEnded(step.ended());
        for (var index = 0; index < step.commands().size(); index++) {
            var command = step.commands().get(index);
            shown.addCommands(IssuedCommand.newBuilder()
                    .setCommandId(
                            ProcessStepTaken.commandId(envelope.id(), index).toString())
                    .setType(types.nameOf(command))
                    .setStream(command.stream().toString()));
        }
        step.deadlines()
                .forEach(deadline -> shown.addDeadlines(ScheduledDeadline.newBuilder()
                        .setType(types.nameOf(deadline.deadline()))
                        .setScheduledFor(timestamp(deadline.due().from(envelope.recordedAt())))));
        return shown.build();
    }

    private ProcessInput shown(Input input) {
        var shown = ProcessInput.newBuilder();
        switch (input) {
            case Happened happened ->
                shown.setKind(ProcessInputKind.PROCESS_INPUT_KIND_EVENT)
                        .setType(happened.type())
                        .setEventId(happened.ref().id().toString())
                        .setStream(happened.ref().stream().toString())
                        .setVersion(happened.ref().version());
            case DeadlineReached reached ->
                shown.setKind(ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE)
                        .setType(types.nameOf(reached.deadline()))
                        .setScheduledFor(timestamp(reached.scheduledFor()));
            case Acknowledged _ -> shown.setKind(ProcessInputKind.PROCESS_INPUT_KIND_ACKNOWLEDGEMENT);
            case RetryRequested _ -> shown.setKind(ProcessInputKind.PROCESS_INPUT_KIND_RETRY);
        }
        return shown.build();
    }
}
