package dev.quadrille.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes requests worse: field by field, and byte by byte. */
final class Mutation {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\r\nfake: header",
            "שלום\u202e",
            "\uD83D\uDC22",
            "e\u0301\u0301\u0301",
            "\uFEFF",
            "\uFFFF",
            "١٢٣",
            "' OR 1=1 --",
            "${jndi:ldap://nowhere/}",
            "%00%s%n",
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "ffffffff-ffff-ffff-ffff-fffffffffffｆ",
            "x".repeat(10_000),
            "\uD83D\uDC22".repeat(100));
    private static final List<String> CURRENCIES = List.of("EUR", "JPY", "BHD", "XXX", "XTS", "CLF", "eur", "€", "EU");
    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            999_999_999L,
            1_000_000_000L,
            999_999_999_999L,
            1_000_000_000_000L,
            1_000_000_000_001L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE);
    private static final List<String> CATEGORIES =
            List.of("financing.investor", "financing.invoice", "financing.issuer", "ferry.crossing", "nonsense");

    /** A lone surrogate; NUL in the long form; never in UTF-8; beyond Unicode; longest length; an opened group. */
    private static final List<byte[]> BYTES = Stream.of("eda080", "c080", "ff", "f4908080", "ffffffff0f", "0b")
            .map(HexFormat.of()::parseHex)
            .toList();

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /** With other values in none, one or more of its fields. */
    Message of(Message request) {
        var mutated = request.toBuilder();
        for (var field : request.getDescriptorForType().getFields()) {
            if (random.nextInt(4) == 0) {
                mutated.setField(field, value(request, field));
            }
        }
        return mutated.build();
    }

    private Object value(Message request, FieldDescriptor field) {
        if (field.isRepeated()) {
            return Stream.generate(() -> single(request, field))
                    .limit(random.nextInt(5))
                    .toList();
        }
        return single(request, field);
    }

    private Object single(Message request, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> text(field.getName());
            case INT -> any(NUMBERS).intValue();
            case LONG -> any(NUMBERS);
            case ENUM ->
                field.getEnumType()
                        .findValueByNumberCreatingIfUnknown(any(NUMBERS).intValue());
            case BOOLEAN -> random.nextBoolean();
            case MESSAGE -> of((Message) request.getField(field));
            default -> throw new AssertionError("How to mutate " + field.getFullName() + " isn't known");
        };
    }

    private String text(String field) {
        if (field.equals("currency_code")) {
            return any(CURRENCIES);
        } else if (field.endsWith("_token") && random.nextBoolean()) {
            return token();
        }
        return random.nextBoolean() ? any(TEXTS) : new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** A forged one that tells of a place in a stream, or is nearly one. */
    private String token() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeUTF(any(CATEGORIES) + "/"
                    + text("id").transform(id -> id.substring(0, Math.min(9_000, id.length()))));
            out.writeLong(any(NUMBERS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(random.nextBoolean() ? bytes.toByteArray() : of(bytes.toByteArray()));
    }

    /** With a piece flipped, overwritten, cut out, put in or repeated, once or more often. */
    byte[] of(byte[] whole) {
        var mutated = once(whole);
        return random.nextBoolean() ? mutated : of(mutated);
    }

    private byte[] once(byte[] whole) {
        var from = random.nextInt(whole.length + 1);
        var to = Math.min(whole.length, from + random.nextInt(1, 20));
        return switch (random.nextInt(6)) {
            case 0 -> flipped(whole);
            case 1 -> joined(whole, from, any(BYTES), Math.min(whole.length, from + 3));
            case 2 -> joined(whole, from, new byte[0], to);
            case 3 -> joined(whole, from, any(BYTES), from);
            case 4 -> joined(whole, to, whole, from);
            default -> joined(whole, from, any(TEXTS).getBytes(UTF_8), from);
        };
    }

    private byte[] flipped(byte[] whole) {
        var flipped = whole.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** What is before {@code to}, then the piece, then what begins at {@code from}. */
    private static byte[] joined(byte[] whole, int to, byte[] piece, int from) {
        var joined = new ByteArrayOutputStream();
        joined.write(whole, 0, to);
        joined.writeBytes(piece);
        joined.write(whole, from, whole.length - from);
        return joined.toByteArray();
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
