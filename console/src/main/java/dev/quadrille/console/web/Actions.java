package dev.quadrille.console.web;

import dev.quadrille.console.system.Commands;
import dev.quadrille.console.system.Result;
import dev.quadrille.console.web.Told.Again;
import dev.quadrille.console.web.Told.Tone;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What the buttons do. The answer tells what came of it: to the console's script as a part of the page that it is on, and
 * as a page of its own where scripts don't run.
 */
@Controller
public final class Actions {

    private static final int LONGEST_PAUSE_SECONDS = 60;

    private final Exchange exchange;
    private final Commands commands;
    private final Show show = new Show();

    public Actions(Exchange exchange, Commands commands) {
        this.exchange = exchange;
        this.commands = commands;
    }

    @PostMapping("/documents/{id}/void")
    void voidDocument(
            @PathVariable String id,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.voidDocument(requestId, id);
        var what = "Void document " + show.brief(id);
        // The process has the id of the command that began it.
        var told = result instanceof Result.Done(var commandId, var changed) && changed
                ? new Told(Tone.GOOD, what, "It is begun.", "", "/processes/" + commandId, "See its process", null)
                : tell(what, result, "/documents/" + id, "See the document", Map.of("request_id", requestId), request);
        answer(told, result, request, response);
    }

    @PostMapping("/reports/{id}/publish")
    void publishReport(
            @PathVariable String id,
            @RequestParam String customer,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.publishReport(requestId, customer, id);
        var fields = Map.of("request_id", requestId, "customer", customer);
        answer(
                "Publish report " + show.brief(id),
                result,
                "/reports/" + id,
                "See the report",
                fields,
                request,
                response);
    }

    @PostMapping("/processes/{id}/acknowledge")
    void acknowledgeFailure(
            @PathVariable String id,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.acknowledgeFailure(requestId, id);
        answerAboutProcess("Acknowledge failure of process ", id, result, requestId, request, response);
    }

    @PostMapping("/processes/{id}/retry")
    void retryNow(
            @PathVariable String id,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.retryNow(requestId, id);
        answerAboutProcess("Retry process ", id, result, requestId, request, response);
    }

    @PostMapping("/orders/{order}/menus/{menu}/confirm-as-customer")
    void confirmMenuAsCustomer(
            @PathVariable String order,
            @PathVariable String menu,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.confirmMenuAsCustomer(requestId, order, menu);
        answerAboutMenu("Confirm as customer, menu ", order, menu, result, requestId, request, response);
    }

    @PostMapping("/orders/{order}/menus/{menu}/confirm-as-caterer")
    void confirmMenuAsCaterer(
            @PathVariable String order,
            @PathVariable String menu,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.confirmMenuAsCaterer(requestId, order, menu);
        answerAboutMenu("Confirm as caterer, menu ", order, menu, result, requestId, request, response);
    }

    @PostMapping("/orders/{order}/menus/{menu}/decline-as-caterer")
    void declineMenuAsCaterer(
            @PathVariable String order,
            @PathVariable String menu,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.declineMenuAsCaterer(requestId, order, menu);
        answerAboutMenu("Decline as caterer, menu ", order, menu, result, requestId, request, response);
    }

    @PostMapping("/demo")
    void setDemo(
            @RequestParam boolean on,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var result = commands.setDemo(requestId, on);
        var fields = Map.of("request_id", requestId, "on", Boolean.toString(on));
        answer(on ? "Start the demo" : "Stop the demo", result, "/", "See the overview", fields, request, response);
    }

    @PostMapping("/slow-down")
    void setSlowDown(
            @RequestParam int seconds,
            @RequestParam("request_id") String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var pause = Math.clamp(seconds, 0, LONGEST_PAUSE_SECONDS);
        var result = commands.setSlowDown(requestId, pause);
        var what = pause == 0 ? "No pause before each step" : "Pause " + pause + " s before each step";
        var fields = Map.of("request_id", requestId, "seconds", Integer.toString(pause));
        answer(what, result, "/", "See the overview", fields, request, response);
    }

    private void answerAboutMenu(
            String what,
            String order,
            String menu,
            Result result,
            String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(
                what + show.brief(menu),
                result,
                "/orders/" + order,
                "See the order",
                Map.of("request_id", requestId),
                request,
                response);
    }

    private void answerAboutProcess(
            String what,
            String id,
            Result result,
            String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(
                what + show.brief(id),
                result,
                "/processes/" + id,
                "See the process",
                Map.of("request_id", requestId),
                request,
                response);
    }

    private void answer(
            String what,
            Result result,
            String link,
            String linkText,
            Map<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(tell(what, result, link, linkText, fields, request), result, request, response);
    }

    /** @param fields of the form, to send it again while what came of it is unknown */
    private static Told tell(
            String what,
            Result result,
            String link,
            String linkText,
            Map<String, String> fields,
            HttpServletRequest request) {
        var again = result.settled() ? null : new Again(request.getRequestURI(), fields);
        return switch (result) {
            case Result.Done done ->
                new Told(Tone.GOOD, what, done.changed() ? "Done." : "It was so already.", "", link, linkText, again);
            case Result.Rejected(var reason, var message) ->
                new Told(
                        Tone.BAD,
                        what,
                        message.isEmpty() ? "The system has refused it." : message,
                        reason,
                        link,
                        linkText,
                        again);
            case Result.Refused(var fault) ->
                new Told(Tone.BAD, what, fault.sentence(), fault.advice(), link, linkText, again);
            case Result.Undecided undecided ->
                new Told(
                        Tone.WAIT,
                        what,
                        undecided.why(),
                        "Pressing again asks what came of it: it counts once.",
                        link,
                        linkText,
                        again);
            case Result.Unsure(var fault) ->
                new Told(Tone.WAIT, what, fault.sentence(), fault.advice(), link, linkText, again);
        };
    }

    private void answer(Told told, Result result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var status = switch (result) {
            case Result.Done _ -> HttpServletResponse.SC_OK;
            case Result.Rejected _ -> HttpServletResponse.SC_CONFLICT;
            case Result.Undecided _ -> HttpServletResponse.SC_ACCEPTED;
            case Result.Refused(var fault) -> Exchange.status(fault);
            case Result.Unsure(var fault) -> Exchange.status(fault);
        };
        var forms = Forms.fresh();
        if (result.settled()) {
            response.setHeader("Console-Key", forms.key());
        }
        var part = Part.still("told", told);
        if (request.getHeader("Console-Part") != null) {
            var model = Map.of("part", Exchange.Loaded.of(part), "forms", forms);
            exchange.html(status, "part", model, request, response);
        } else {
            exchange.html(status, Page.of(told.what(), "", part), forms, request, response);
        }
    }
}
