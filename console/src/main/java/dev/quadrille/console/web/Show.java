package dev.quadrille.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.catering.v1.Menu;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessInput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/** How things are shown to people. */
public final class Show {

    private static final int NANO_DECIMALS = 9;
    private static final int MANY = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(UTC);
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String DOCUMENT = "billing.document/";
    private static final String ORDER = "catering.order/";
    private static final String STATUS = "ORDER_STATUS_";

    /** States of a voiding in which the domain takes no other of the same document. */
    private static final Set<String> VOIDING =
            Set.of("VoidingRequested", "MarkingDocumentAsVoidedSucceeded", "MarkingDocumentAsVoidedFailed");

    Show() {}

    /** With all decimals of the currency, and more only where there are more. */
    public String money(Money money) {
        var amount = BigDecimal.valueOf(money.getUnits())
                .add(BigDecimal.valueOf(money.getNanos(), NANO_DECIMALS))
                .stripTrailingZeros();
        var decimals = Math.max(decimals(money.getCurrencyCode()), amount.scale());
        return money.getCurrencyCode() + " " + String.format(Locale.ENGLISH, "%,." + decimals + "f", amount);
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return 0;
        }
    }

    /** Empty if there is none. */
    public String time(Timestamp time) {
        return time.equals(Timestamp.getDefaultInstance()) ? "" : TIME.format(instant(time));
    }

    /** How long after the first of these that has a time; empty if there is none. */
    public String since(GetCausalTreeResponse tree, CausalNode node) {
        return tree.getNodesList().stream()
                .filter(first -> first.hasTime() && node.hasTime())
                .findFirst()
                .map(first -> Duration.between(instant(first.getTime()), instant(node.getTime())))
                .map(passed -> String.format(Locale.ROOT, "%+.3f s", passed.toNanos() / 1e9))
                .orElse("");
    }

    /** What has become of a command; empty for an event. */
    public String state(CausalNode node) {
        return switch (node.getState()) {
            case COMMAND_STATE_ACCEPTED -> "accepted";
            case COMMAND_STATE_REJECTED -> "rejected";
            case COMMAND_STATE_PARKED -> "parked";
            case COMMAND_STATE_IN_FLIGHT -> "in flight";
            case COMMAND_STATE_SCHEDULED -> "scheduled";
            case COMMAND_STATE_EXPIRED -> "expired";
            case COMMAND_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    /** Where a stream is shown event by event. */
    public String pathOf(String stream) {
        var slash = stream.indexOf('/');
        return "/streams/" + UriUtils.encodePathSegment(stream.substring(0, Math.max(0, slash)), UTF_8) + "/"
                + UriUtils.encodePathSegment(stream.substring(slash + 1), UTF_8);
    }

    /** For programs. */
    public String iso(Timestamp time) {
        return instant(time).toString();
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** The beginning of an id, which is enough for people to tell one from another; anything else as it is. */
    public String brief(String id) {
        return UUID.matcher(id).matches() ? id.substring(0, 8) : id;
    }

    /** The document that a process is about; empty if it is about something else. */
    public String documentOf(Process process) {
        return idOf(process, DOCUMENT);
    }

    /** The order that a process is about; empty if it is about something else. */
    public String orderOf(Process process) {
        return idOf(process, ORDER);
    }

    private static String idOf(Process process, String what) {
        return process.getSubject().startsWith(what) ? process.getSubject().substring(what.length()) : "";
    }

    /** What a process is about if it is a document. */
    static String subjectOf(String documentId) {
        return DOCUMENT + documentId;
    }

    public boolean needsAttention(Process process) {
        return !process.getEnded()
                && (process.getFailed()
                        || process.getOverdue()
                        || !process.getStuckBecause().isEmpty());
    }

    /** What is notable about a process, in a word each. */
    public List<String> marks(Process process) {
        return Stream.of(
                        process.getFailed() && !process.getEnded() ? "failed" : "",
                        process.getOverdue() && !process.getEnded() ? "overdue" : "",
                        process.getStuckBecause().isEmpty() ? "" : "stuck",
                        process.getEnded() ? "ended" : "")
                .filter(mark -> !mark.isEmpty())
                .toList();
    }

    public boolean mayBeAcknowledged(Process process) {
        return process.getFailed() && !process.getEnded();
    }

    public boolean mayBeRetried(Process process) {
        var waitsForIt = process.getFailed() ? process.getStuckBecause() : process.getWaitingFor();
        return !process.getEnded() && !waitsForIt.isEmpty();
    }

    public boolean mayBeVoided(Document document) {
        return !document.getVoided() && !VOIDING.contains(document.getProcessState());
    }

    /** In a word. */
    public String status(Order order) {
        return order.getStatus().name().replace(STATUS, "").toLowerCase(Locale.ROOT);
    }

    public boolean mayConfirmAsCustomer(Order order, Menu menu) {
        return order.getStatus() == OrderStatus.ORDER_STATUS_OPEN && !menu.getConfirmedByCustomer();
    }

    /** Yes or no. */
    public boolean mayAnswerAsCaterer(Order order, Menu menu) {
        return order.getStatus() == OrderStatus.ORDER_STATUS_OPEN
                && !menu.getConfirmedByCaterer()
                && !menu.getDeclined();
    }

    /** Of many, the newest, the newest first. */
    public <T> List<T> newest(List<T> oldestFirst) {
        return oldestFirst.subList(older(oldestFirst), oldestFirst.size()).reversed();
    }

    /** How many are older than {@link #newest}. */
    public int older(List<?> oldestFirst) {
        return Math.max(0, oldestFirst.size() - MANY);
    }

    /** What a step handled. */
    public String input(ProcessInput input) {
        return switch (input.getKind()) {
            case PROCESS_INPUT_KIND_EVENT -> "Event";
            case PROCESS_INPUT_KIND_DEADLINE -> "Deadline reached";
            case PROCESS_INPUT_KIND_ACKNOWLEDGEMENT -> "A person acknowledged the failure";
            case PROCESS_INPUT_KIND_RETRY -> "A person asked for a retry";
            default -> "Unknown";
        };
    }
}
