package dev.quadrille.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.quadrille.console.system.Changes;
import dev.quadrille.console.system.Fault;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Answers a browser that asks for a page: with the page, or, if it asks for events, with the parts of the same page as they
 * change, for as long as it listens. A part that can't be had says why in the page; in the events, what was shown before
 * stays, and the notice above the page says so.
 */
public final class Exchange {

    /** How many pages may listen at once. Each takes a connection, and a few queries whenever something changes. */
    static final int MOST_LISTENERS = 64;

    /** What nothing tells the change of, such as documents, is asked for this often. It also finds out who has gone. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(2);
    /** Changes that come faster are shown together. */
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Templates templates;
    private final Changes changes;
    private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

    public Exchange(Templates templates, Changes changes) {
        this.templates = templates;
        this.changes = changes;
    }

    /** What was loaded for a part, or why it could not be. */
    record Loaded(
            String name, @Nullable Object it, @Nullable Fault fault) {
        static Loaded of(Part part) {
            try {
                return new Loaded(part.name(), part.load().get(), null);
            } catch (StatusRuntimeException failure) {
                return new Loaded(part.name(), null, Fault.ofQuery(failure));
            }
        }
    }

    void show(Page page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var forms = Forms.of(request.getParameter("key"));
        if (String.valueOf(request.getHeader("Accept")).startsWith("text/event-stream")) {
            pushInTurn(page, forms, request, response);
        } else {
            var loaded = page.parts().stream().map(Loaded::of).toList();
            html(status(loaded), page, loaded, forms, request, response);
        }
    }

    /** A page that says something, and does not change. */
    void html(int status, Page page, Forms forms, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        html(status, page, page.parts().stream().map(Loaded::of).toList(), forms, request, response);
    }

    private void html(
            int status,
            Page page,
            List<Loaded> parts,
            Forms forms,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var live = page.parts().stream().anyMatch(Part::live);
        html(status, "page", Map.of("page", page, "live", live, "parts", parts, "forms", forms), request, response);
    }

    private static int status(List<Loaded> parts) {
        return parts.stream()
                .map(Loaded::fault)
                .mapToInt(fault -> fault == null ? HttpServletResponse.SC_OK : status(fault))
                .max()
                .orElse(HttpServletResponse.SC_OK);
    }

    static int status(Fault fault) {
        return switch (fault.kind()) {
            case AWAY -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
            case MALFORMED -> HttpServletResponse.SC_BAD_REQUEST;
            case BROKEN -> HttpServletResponse.SC_BAD_GATEWAY;
        };
    }

    void html(
            int status, String template, Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = templates.write(template, model, request, response).getBytes(UTF_8);
        response.setStatus(status);
        response.setContentType("text/html; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void pushInTurn(Page page, Forms forms, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/event-stream; charset=utf-8");
        if (!listeners.tryAcquire()) {
            // As an event, for that is all that a browser's script is told.
            response.getOutputStream().write(event("full", "").getBytes(UTF_8));
            return;
        }
        try {
            push(page, forms, request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.release();
        }
    }

    /** Until the browser has gone, which the next write tells, or the console stops. */
    private void push(Page page, Forms forms, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var pushed = new HashMap<String, String>();
        long seen;
        do {
            seen = changes.newest();
            var events = new ArrayList<String>();
            Fault away = null;
            for (var part : page.parts()) {
                if (part.live()) {
                    var loaded = Loaded.of(part);
                    if (loaded.fault() != null && loaded.fault().kind() == Fault.Kind.AWAY) {
                        away = loaded.fault();
                    } else {
                        var html = templates.write("part", Map.of("part", loaded, "forms", forms), request, response);
                        if (!html.equals(pushed.put(part.name(), html))) {
                            events.add(event(part.name(), html));
                        }
                    }
                }
            }
            events.add(event("connection", away == null ? "" : away.sentence()));
            response.getOutputStream().write(String.join("", events).getBytes(UTF_8));
            response.flushBuffer();
        } while (changes.pause(BETWEEN) && changes.await(seen, ASKED_AGAIN));
    }

    private static String event(String name, String data) {
        return data.lines().map(line -> "data: " + line + "\n").collect(joining("", "event: " + name + "\n", ""))
                + (data.isEmpty() ? "data:\n\n" : "\n");
    }
}
