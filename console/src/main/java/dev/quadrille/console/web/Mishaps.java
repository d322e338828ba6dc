package dev.quadrille.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What is answered to a request that no page and no button sends, and when the console itself fails. */
@ControllerAdvice
public final class Mishaps {

    private static final Logger log = LoggerFactory.getLogger(Mishaps.class);

    private final Exchange exchange;

    public Mishaps(Exchange exchange) {
        this.exchange = exchange;
    }

    @ExceptionHandler
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof IOException || response.isCommitted()) {
            log.debug("A browser has gone", failure);
            return;
        }
        var status = status(failure);
        if (status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        var page = switch (status) {
            case HttpServletResponse.SC_NOT_FOUND -> said("No such page", "The console has no page here.");
            case HttpServletResponse.SC_INTERNAL_SERVER_ERROR ->
                said("The console has failed", "That is a defect of the console. Its log says more.");
            default -> said("Not understood", "The console does not understand this request.");
        };
        exchange.html(status, page, Forms.fresh(), request, response);
    }

    private static int status(Exception failure) {
        return switch (failure) {
            case ErrorResponse error -> error.getStatusCode().value();
            case TypeMismatchException _ -> HttpServletResponse.SC_BAD_REQUEST;
            default -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }

    private static Page said(String title, String sentence) {
        return Page.of(title, "", Part.still("said", sentence));
    }
}
