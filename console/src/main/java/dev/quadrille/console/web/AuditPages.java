package dev.quadrille.console.web;

import com.google.protobuf.Timestamp;
import dev.quadrille.console.system.Queries;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What has happened, and why. */
@Controller
public final class AuditPages {

    private static final int PAGE = 50;

    /** What follows from something even further in stands beside it, for each level takes room. */
    private static final int DEEPEST = 40;

    private final Exchange exchange;
    private final Queries queries;

    public AuditPages(Exchange exchange, Queries queries) {
        this.exchange = exchange;
        this.queries = queries;
    }

    /** A command or an event, and what follows from it. */
    public record Cause(CausalNode node, List<Cause> following) {}

    /**
     * A causal tree.
     *
     * @param asked the id that the page was asked for
     */
    public record Why(GetCausalTreeResponse tree, List<Cause> roots, String asked) {}

    /**
     * Which events to show.
     *
     * @param stream a stream or, without an id, a category
     * @param from since when, in UTC; null: ever
     * @param until before when, in UTC; null: now
     */
    public record EventFilter(
            String type,
            String stream,
            String correlation,
            @Nullable LocalDateTime from,
            @Nullable LocalDateTime until) {}

    @GetMapping("/why/{id}")
    void why(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = Page.of("Why", "/events", Part.live("why", () -> nested(queries.causalTree(id), id)));
        exchange.show(page, request, response);
    }

    private static Why nested(GetCausalTreeResponse tree, String asked) {
        var roots = new ArrayList<Cause>();
        var around = new HashMap<String, List<List<Cause>>>();
        for (var node : tree.getNodesList()) {
            var outer = around.getOrDefault(node.getParentId(), List.of(roots));
            var cause = new Cause(node, new ArrayList<>());
            outer.getLast().add(cause);
            var lists = new ArrayList<>(outer);
            if (lists.size() < DEEPEST) {
                lists.add(cause.following());
            }
            around.put(node.getId(), lists);
        }
        return new Why(tree, roots, asked);
    }

    @GetMapping("/streams/{category}/{id}")
    void stream(
            @PathVariable String category,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var stream = category + "/" + id;
        var page = Page.of("Stream", "/events", Part.still("said", stream), Part.live("stream", () -> {
            var listed = queries.stream(ReadStreamRequest.newBuilder()
                    .setStream(stream)
                    .setPageSize(PAGE)
                    .setPageToken(after)
                    .build());
            var more = Link.to(request.getRequestURI()).with("after", listed.next());
            return Pages.table("Events", listed, more, "No event here.");
        }));
        exchange.show(page, request, response);
    }

    @GetMapping("/events")
    void events(
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String stream,
            @RequestParam(defaultValue = "") String correlation,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE_TIME) @Nullable LocalDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE_TIME) @Nullable LocalDateTime until,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var filter = new EventFilter(type.strip(), stream.strip(), correlation.strip(), from, until);
        var page = Page.of("Events", "/events", Part.still("event-filter", filter), Part.live("events", () -> {
            var wanted = SearchEventsRequest.newBuilder()
                    .setPageSize(PAGE)
                    .setPageToken(after)
                    .setType(filter.type())
                    .setCorrelationId(filter.correlation());
            if (filter.stream().contains("/")) {
                wanted.setStream(filter.stream());
            } else {
                wanted.setCategory(filter.stream());
            }
            if (from != null) {
                wanted.setRecordedFrom(timestamp(from));
            }
            if (until != null) {
                wanted.setRecordedUntil(timestamp(until));
            }
            var listed = queries.events(wanted.build());
            var more = Link.to("/events")
                    .with("type", filter.type())
                    .with("stream", filter.stream())
                    .with("correlation", filter.correlation())
                    .with("from", Objects.toString(from, ""))
                    .with("until", Objects.toString(until, ""))
                    .with("after", listed.next());
            return Pages.table("Events", listed, more, "No such event.");
        }));
        exchange.show(page, request, response);
    }

    private static Timestamp timestamp(LocalDateTime time) {
        var instant = time.toInstant(ZoneOffset.UTC);
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
