package dev.quadrille.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A process's step as JSON: whatever may be of many types stands with its stable name, an event as a reference alone. */
record StoredStep(
        ProcessId processId,
        UUID process,
        String type,
        StoredInput input,
        List<StoredCommand> commands,
        List<StoredDeadline> deadlines,
        boolean ended,
        Status status) {

    /** The command that tells a process of an event. */
    record StoredHandleEvent(ProcessId processId, UUID process, OfEvent input) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = OfEvent.class, name = "EVENT"),
        @JsonSubTypes.Type(value = OfDeadline.class, name = "DEADLINE"),
        @JsonSubTypes.Type(value = OfAcknowledgement.class, name = "ACKNOWLEDGEMENT"),
        @JsonSubTypes.Type(value = OfRetry.class, name = "RETRY")
    })
    sealed interface StoredInput {}

    record OfEvent(UUID eventId, StreamId stream, long version, String type) implements StoredInput {}

    record OfDeadline(long step, int index, String type, JsonNode deadline, Instant scheduledFor)
            implements StoredInput {}

    record OfAcknowledgement() implements StoredInput {}

    record OfRetry() implements StoredInput {}

    record StoredCommand(String type, StreamId stream, JsonNode command) {}

    /** @param due an ISO 8601 duration behind the step, or an instant */
    record StoredDeadline(String type, JsonNode deadline, String due) {}
}
