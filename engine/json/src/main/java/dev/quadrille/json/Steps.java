package dev.quadrille.json;

import dev.quadrille.json.StoredStep.OfAcknowledgement;
import dev.quadrille.json.StoredStep.OfDeadline;
import dev.quadrille.json.StoredStep.OfEvent;
import dev.quadrille.json.StoredStep.OfRetry;
import dev.quadrille.json.StoredStep.StoredCommand;
import dev.quadrille.json.StoredStep.StoredDeadline;
import dev.quadrille.json.StoredStep.StoredHandleEvent;
import dev.quadrille.json.StoredStep.StoredInput;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Moment;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessStepTaken;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the steps of processes to what is written of them, and back. */
final class Steps {

    private final MessageTypes types;
    private final JsonMapper json;

    Steps(MessageTypes types, JsonMapper json) {
        this.types = types;
        this.json = json;
    }

    StoredStep stored(ProcessStepTaken step) {
        return new StoredStep(
                step.processId(),
                step.process(),
                step.type(),
                stored(step.input()),
                step.commands().stream()
                        .map(command ->
                                new StoredCommand(types.nameOf(command), command.stream(), json.valueToTree(command)))
                        .toList(),
                step.deadlines().stream()
                        .map(deadline -> new StoredDeadline(
                                types.nameOf(deadline.deadline()),
                                json.valueToTree(deadline.deadline()),
                                stored(deadline.due())))
                        .toList(),
                step.ended(),
                step.status());
    }

    ProcessStepTaken read(StoredStep step) {
        return new ProcessStepTaken(
                step.processId(),
                step.process(),
                step.type(),
                read(step.input()),
                step.commands().stream()
                        .map(command -> typed(Command.class, command.type(), command.command()))
                        .toList(),
                step.deadlines().stream()
                        .map(deadline -> new Schedule(
                                typed(Deadline.class, deadline.type(), deadline.deadline()), moment(deadline.due())))
                        .toList(),
                step.ended(),
                step.status());
    }

    StoredHandleEvent stored(HandleEvent command) {
        return new StoredHandleEvent(command.processId(), command.process(), stored(command.input()));
    }

    HandleEvent read(StoredHandleEvent command) {
        return new HandleEvent(command.processId(), command.process(), read(command.input()));
    }

    private StoredInput stored(Input input) {
        return switch (input) {
            case Happened happened -> stored(happened);
            case DeadlineReached(var step, var index, var deadline, var scheduledFor) ->
                new OfDeadline(step, index, types.nameOf(deadline), json.valueToTree(deadline), scheduledFor);
            case Acknowledged _ -> new OfAcknowledgement();
            case RetryRequested _ -> new OfRetry();
        };
    }

    private static OfEvent stored(Happened happened) {
        var ref = happened.ref();
        return new OfEvent(ref.id(), ref.stream(), ref.version(), happened.type());
    }

    private Input read(StoredInput input) {
        return switch (input) {
            case OfEvent event -> read(event);
            case OfDeadline(var step, var index, var type, var deadline, var scheduledFor) ->
                new DeadlineReached(step, index, typed(Deadline.class, type, deadline), scheduledFor);
            case OfAcknowledgement _ -> new Acknowledged();
            case OfRetry _ -> new RetryRequested();
        };
    }

    private static Happened read(OfEvent event) {
        return Happened.referringTo(new EventRef(event.eventId(), event.stream(), event.version()), event.type());
    }

    private static String stored(Moment moment) {
        return switch (moment) {
            case Moment.At(var time) -> time.toString();
            case Moment.After(var delay) -> delay.toString();
        };
    }

    private static Moment moment(String text) {
        try {
            return text.startsWith("P") ? new Moment.After(Duration.parse(text)) : new Moment.At(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new UnreadableMessage("A deadline is due at an instant or after a duration, not '" + text + "'", e);
        }
    }

    private <T> T typed(Class<T> kind, String name, JsonNode body) {
        var type = types.classOf(name)
                .orElseThrow(() -> new UnreadableMessage("No message type '" + name + "' is known here"));
        if (!kind.isAssignableFrom(type)) {
            throw new UnreadableMessage(name + " is not a " + kind.getSimpleName());
        }
        return kind.cast(json.treeToValue(body, type));
    }
}
