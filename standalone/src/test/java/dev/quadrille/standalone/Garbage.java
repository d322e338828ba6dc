package dev.quadrille.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.rabbitmq.Outgoing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A message that nobody can read: a good one, spoiled.
 *
 * @param what is wrong with it
 * @param reason part of the reason for which it is parked
 */
@SuppressWarnings("ArrayRecordComponent") // No two are ever compared.
record Garbage(String what, BasicProperties properties, byte[] body, String reason) {

    private static final int MEGABYTE = 1 << 20;

    /** The good message as it stands. */
    Garbage(Outgoing good) {
        this("nothing", properties(good), good.body().getBytes(UTF_8), "");
    }

    /** Every kind of it for this exchange. */
    static List<Garbage> of(String exchange, Partitions partitions) {
        var good = new GoodMessages(partitions);
        var pieces = new ArrayList<Garbage>(bodies().map(spoiled -> spoiled.apply(new Garbage(good.on(exchange))))
                .toList());
        good.on(exchange).headers().keySet().forEach(header -> {
            pieces.add(withHeaders(good.on(exchange), "no " + header, header + " is missing", headers -> {
                headers.remove(header);
                return headers;
            }));
            for (var value : not(header.substring(header.indexOf(':') + 1))) {
                pieces.add(withHeaders(good.on(exchange), "a wrong " + header, "", headers -> {
                    headers.put(header, value);
                    return headers;
                }));
            }
        });
        return pieces;
    }

    /** By which it is parked. */
    String id() {
        return properties.getMessageId() == null ? sha256(body) : properties.getMessageId();
    }

    private static Stream<UnaryOperator<Garbage>> bodies() {
        return Stream.of(
                body("bad JSON", "{", "does not read as"),
                body("nothing", "", "does not read as"),
                body("null", "null", "is null"),
                body("a list", "[]", "does not read as"),
                body("no fields", "{}", "does not read as"),
                body("fields of other types", "{\"issuerId\":7,\"investorId\":[],\"name\":{}}", "does not read as"),
                body("a deep nest", "{\"unknown\":" + "[".repeat(100_000), "does not read as"),
                body("two bodies", "{}{}", "does not read as"),
                amount("of a megabyte of text", "x".repeat(MEGABYTE)),
                amount("of a megabyte of digits", "9".repeat(MEGABYTE)),
                amount("of a hundred million digits", "1E99999999"),
                amount("of less than a cent", "10.001"),
                body("20 MB", "{\"unknown\":\"" + "x".repeat(20 * MEGABYTE) + "\"}", "does not read as"),
                piece -> piece.with("bytes that are no text", new byte[] {(byte) 0xff, 0}, "is not UTF-8"),
                piece -> piece.with(
                        "no content type", piece.properties.builder().contentType(null), "content_type is 'null'"),
                piece -> piece.with(
                        "another content type",
                        piece.properties.builder().contentType("text/plain"),
                        "content_type is 'text/plain'"),
                piece -> piece.with(
                        "no message id", piece.properties.builder().messageId(null), "message_id is missing"),
                piece -> piece.with("no properties", new BasicProperties.Builder(), "is missing")
                        .with("no properties", "bare".getBytes(UTF_8), "is missing"));
    }

    private static UnaryOperator<Garbage> amount(String what, String amount) {
        return piece -> piece.with(
                "an amount " + what,
                new String(piece.body, UTF_8).replace("10.00", amount).getBytes(UTF_8),
                "does not read as");
    }

    private static UnaryOperator<Garbage> body(String what, String body, String reason) {
        return piece -> piece.with(what, body.getBytes(UTF_8), reason);
    }

    private Garbage with(String what, byte[] body, String reason) {
        return new Garbage(what, properties, body, reason);
    }

    private Garbage with(String what, BasicProperties.Builder properties, String reason) {
        return new Garbage(what, properties.build(), body, reason);
    }

    /** What a header of this name can't be. */
    private static List<Object> not(String header) {
        return switch (header) {
            case "id" -> List.of("nonsense", "1-1-1-1-1", true);
            case "stream", "subject" ->
                List.of("nonsense", "financing.issuer/", "financing.issuer/4\0002", "x".repeat(60_000), List.of("a"));
            case "type" -> List.of("nonsense", "financing.IssuerCreated.v99", "dev.quadrille.kernel.Message");
            case "time" -> List.of("nonsense", "yesterday", 1);
            case "correlationid", "causationid" -> List.of("nonsense");
            case "specversion" -> List.of("0.3");
            case "streamversion" -> List.of("nonsense", "-1", "0", 0L, -1L, 1.5d, "9223372036854775808");
            case "source", "traceparent" -> List.of();
            default -> throw new AssertionError("What the header " + header + " can't be isn't known here; say it");
        };
    }

    private static Garbage withHeaders(
            Outgoing good, String what, String reason, UnaryOperator<Map<String, Object>> change) {
        var piece = new Garbage(good);
        return piece.with(
                what, piece.properties.builder().headers(change.apply(new HashMap<>(good.headers()))), reason);
    }

    private static BasicProperties properties(Outgoing good) {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .messageId(good.messageId())
                .deliveryMode(2)
                .headers(good.headers())
                .build();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
