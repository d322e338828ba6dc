package dev.quadrille.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.rpc.BadRequest.FieldViolation;
import dev.quadrille.grpc.WireClient.Ended;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A request that differs from a good one in some way, made from its descriptor by what the contract says of such a field. It
 * does not look at the rules in the proto, which it is there to test; a field of a kind that it does not know is an error.
 *
 * @param what the way
 * @param faults the fields with a violation, one for each, or none if the request is good all the same
 */
public record Spoiled(MethodDescriptor method, String what, Message request, List<String> faults) {
    private static final Set<String> ALWAYS_OPTIONAL =
            Set.of("request_id", "page_size", "page_token", "consistency_token", "from_version");
    private static final Map<String, String> GOOD_TEXTS = Map.of(
            "stream", "financing.invoice/0198c0de",
            "fingerprint", "0123456789abcdef",
            "reason", "Nobody wants it",
            "category", "billing.document",
            "description", "Soup & bread",
            "type", "document-voiding",
            "state", "VoidingRequested",
            "subject", "billing.document/0198c0de");
    private static final String MEGABYTE = "a".repeat(1 << 20);

    /** A value of one field, and its faults: paths that begin with the field's name. */
    private record Value(String what, Object value, List<String> faults) {}

    /** Every way in which one field of the request can be good or bad, and in which all can be bad at once. */
    public static Stream<Spoiled> of(MethodDescriptor method) {
        return Stream.concat(
                method.getInputType().getFields().stream().flatMap(field -> fieldOf(method, field)),
                Stream.of(allFieldsOf(method), withUnknownFields(method)));
    }

    /** A request that is good, with a value in each field but tokens. */
    public static Message good(Descriptor type) {
        var request = DynamicMessage.newBuilder(type);
        for (var field : type.getFields()) {
            if (!field.getName().endsWith("_token")) {
                request.setField(field, good(field));
            }
        }
        return request.build();
    }

    /** How long to wait for the answer; of a good request there may be none, as long as there is nothing to tell. */
    public Duration patience() {
        var waits = method.isServerStreaming() || method.getName().startsWith("Await");
        return waits && faults.isEmpty() ? Duration.ofMillis(100) : WireClient.PATIENCE;
    }

    /** What the server must have answered to the request: that it is good, or each of its faults in a few words. */
    public void assertAnsweredBy(Ended ended) {
        if (faults.isEmpty()) {
            assertThat(ended).matches(Ended::isServed, "is served");
        } else {
            assertThat(ended.code()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(ended.reasons()).containsExactly("INVALID_REQUEST");
            assertThat(ended.faults()).containsExactlyInAnyOrderElementsOf(faults);
            assertThat(ended.message()).matches("[ -~]{1,2000}");
            assertThat(ended.violations())
                    .extracting(FieldViolation::getDescription)
                    .allMatch(description -> description.matches("[ -~]{1,200}"));
        }
    }

    @Override
    public String toString() {
        return method.getService().getFullName() + "/" + method.getName() + ": " + what;
    }

    private static Stream<Spoiled> fieldOf(MethodDescriptor method, FieldDescriptor field) {
        var good = good(method.getInputType());
        var missing = new Spoiled(
                method,
                "no " + field.getName(),
                good.toBuilder().clearField(field).build(),
                faultsWithout(method, field));
        return Stream.concat(
                Stream.of(missing),
                values(field)
                        .map(value -> new Spoiled(
                                method,
                                field.getName() + " " + value.what(),
                                good.toBuilder().setField(field, value.value()).build(),
                                value.faults())));
    }

    /** A token is looked at once the rest is found to be good, so it is left out. */
    private static Spoiled allFieldsOf(MethodDescriptor method) {
        var request = DynamicMessage.newBuilder(method.getInputType());
        var faults = new ArrayList<String>();
        for (var field : method.getInputType().getFields()) {
            if (!field.getName().endsWith("_token") && !isReplaced(field) && !isFlag(field)) {
                var bad = values(field)
                        .filter(value -> !value.faults().isEmpty())
                        .findFirst()
                        .orElseThrow();
                request.setField(field, bad.value());
                faults.addAll(bad.faults());
            }
        }
        return new Spoiled(method, "all fields spoiled", request.build(), faults);
    }

    /** As of a client that is newer than the server; protobuf has them ignored. */
    private static Spoiled withUnknownFields(MethodDescriptor method) {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(999, Field.newBuilder().addVarint(1).build())
                .build();
        return new Spoiled(
                method,
                "an unknown field",
                good(method.getInputType()).toBuilder()
                        .setUnknownFields(unknown)
                        .build(),
                List.of());
    }

    /** Of the fields of a oneof only the last that is set remains. */
    private static boolean isReplaced(FieldDescriptor field) {
        var oneof = field.getRealContainingOneof();
        return oneof != null && !field.equals(oneof.getFields().getLast());
    }

    private static List<String> faultsWithout(MethodDescriptor method, FieldDescriptor field) {
        var oneof = field.getRealContainingOneof();
        if (oneof != null) {
            return isReplaced(field) ? List.of() : List.of(oneof.getName());
        }
        return isRequired(method, field) ? List.of(field.getName()) : List.of();
    }

    private static boolean isRequired(MethodDescriptor method, FieldDescriptor field) {
        return !ALWAYS_OPTIONAL.contains(field.getName())
                && !isFlag(field)
                && !method.getName().startsWith("List")
                && !method.getName().startsWith("Search")
                && !method.getName().startsWith("Watch");
    }

    /** Neither true nor false is bad. */
    private static boolean isFlag(FieldDescriptor field) {
        return field.getJavaType() == JavaType.BOOLEAN;
    }

    private static boolean isWait(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Duration");
    }

    private static boolean isTime(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Timestamp");
    }

    /** A duration or a time. */
    private static Message seconds(FieldDescriptor field, long seconds, int nanos) {
        var type = field.getMessageType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("seconds"), seconds)
                .setField(type.findFieldByName("nanos"), nanos)
                .build();
    }

    private static Object good(FieldDescriptor field) {
        if (isMoney(field)) {
            return money(field, "EUR", 20, 500_000_000);
        } else if (isFlag(field)) {
            return true;
        } else if (isWait(field)) {
            return seconds(field, 3, 500_000_000);
        } else if (isTime(field)) {
            return seconds(field, 4_000_000_000L, 500_000_000);
        } else if (field.getJavaType() == JavaType.ENUM) {
            return requireNonNull(field.getEnumType().findValueByNumber(1));
        } else if (isPageSize(field)) {
            return 10;
        } else if (isVersion(field)) {
            return 3L;
        } else if (isIds(field)) {
            return List.of(UUID.randomUUID().toString());
        } else if (isId(field)) {
            return UUID.randomUUID().toString();
        } else if (GOOD_TEXTS.containsKey(field.getName())) {
            return GOOD_TEXTS.get(field.getName());
        }
        throw unknownKind(field);
    }

    private static Stream<Value> values(FieldDescriptor field) {
        if (isMoney(field)) {
            return amounts(field);
        } else if (isFlag(field)) {
            return Stream.of(good("false", false));
        } else if (isWait(field)) {
            return Stream.of(
                    bad(field, "negative", seconds(field, -1, 0)),
                    bad(field, "a nanosecond too long", seconds(field, 60, 1)),
                    bad(field, "as long as can be", seconds(field, 315_576_000_000L, 0)),
                    bad(field, "longer than can be", seconds(field, Long.MAX_VALUE, Integer.MAX_VALUE)),
                    bad(field, "of two signs", seconds(field, 1, -1)),
                    good("none", seconds(field, 0, 0)),
                    good("a minute", seconds(field, 60, 0)));
        } else if (isTime(field)) {
            return Stream.of(
                    bad(field, "before the year 1", seconds(field, -62_135_596_801L, 0)),
                    bad(field, "after the year 9999", seconds(field, 253_402_300_800L, 0)),
                    bad(field, "as late as can be", seconds(field, Long.MAX_VALUE, Integer.MAX_VALUE)),
                    bad(field, "as early as can be", seconds(field, Long.MIN_VALUE, Integer.MIN_VALUE)),
                    bad(field, "of negative nanos", seconds(field, 1, -1)),
                    bad(field, "of a second of nanos", seconds(field, 1, 1_000_000_000)),
                    good("the first there is", seconds(field, -62_135_596_800L, 0)),
                    good("the last there is", seconds(field, 253_402_300_799L, 999_999_999)));
        } else if (field.getJavaType() == JavaType.ENUM) {
            return numbersOf(field, field.getEnumType());
        } else if (isPageSize(field)) {
            return Stream.of(
                    bad(field, "negative", -1),
                    bad(field, "as negative as can be", Integer.MIN_VALUE),
                    good("beyond the maximum", Integer.MAX_VALUE));
        } else if (isVersion(field)) {
            return Stream.of(
                    bad(field, "negative", -1L),
                    bad(field, "as negative as can be", Long.MIN_VALUE),
                    good("beyond any", Long.MAX_VALUE));
        } else if (isIds(field)) {
            return lists(field);
        } else if (isId(field)) {
            return ids(field);
        } else if (isToken(field)) {
            return Stream.of("1", "not a token", "AAAA", "bm9uc2Vuc2U=", "\u0000", "ключ", MEGABYTE)
                    .map(text -> bad(field, quoted(text), text));
        }
        return switch (field.getName()) {
            case "type", "state" -> badTexts(field, " ", "two words", "\u0000", "ключ", "a".repeat(256));
            case "stream", "subject" ->
                badTexts(
                        field,
                        "nonsense",
                        "financing/1",
                        "financing.invoice/",
                        "Financing.invoice/1",
                        "financing.invoice/\u0000");
            case "category" -> badTexts(field, "nonsense", "billing", "Billing.document", "billing.document/", " ");
            case "fingerprint" -> badTexts(field, "0123456789abcde", "0123456789ABCDEF", "0123456789abcdef0", " ");
            case "reason", "description" -> badTexts(field, " ", "\n\t", "a\u0000b", "a".repeat(1_001));
            default -> throw unknownKind(field);
        };
    }

    private static Stream<Value> badTexts(FieldDescriptor field, String... texts) {
        return Stream.concat(Stream.of(texts), Stream.of(MEGABYTE)).map(text -> bad(field, quoted(text), text));
    }

    private static Stream<Value> ids(FieldDescriptor field) {
        return badIds().map(text -> bad(field, quoted(text), text));
    }

    private static Stream<Value> lists(FieldDescriptor field) {
        var id = UUID.randomUUID().toString();
        return Stream.of(
                        badIds().map(text ->
                                new Value("with " + quoted(text), List.of(id, text), List.of(field.getName() + "[1]"))),
                        Stream.of(
                                new Value("with an empty one", List.of("", id), List.of(field.getName() + "[0]")),
                                bad(field, "of 1,001", Collections.nCopies(1_001, id)),
                                good("of 1,000", Collections.nCopies(1_000, id))))
                .flatMap(each -> each);
    }

    private static Stream<String> badIds() {
        var id = UUID.randomUUID().toString();
        return Stream.of(
                "once",
                "1-1-1-1-1",
                id + "0",
                " " + id,
                id + "\n",
                id.replace("-", ""),
                "{" + id + "}",
                "\u0000",
                "שלום",
                "\uD83D\uDC22".repeat(9),
                MEGABYTE);
    }

    private static Stream<Value> numbersOf(FieldDescriptor field, EnumDescriptor type) {
        return Stream.of(99, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)
                .map(number -> bad(field, "of " + number, type.findValueByNumberCreatingIfUnknown(number)));
    }

    private static Stream<Value> amounts(FieldDescriptor field) {
        return Stream.of(
                bad(field, "of zero", money(field, "EUR", 0, 0)),
                bad(field, "of less than zero", money(field, "EUR", -1, 0)),
                bad(field, "of as little as can be", money(field, "EUR", Long.MIN_VALUE, 0)),
                bad(field, "of a negative cent", money(field, "EUR", 0, -10_000_000)),
                bad(field, "of two signs", money(field, "EUR", 1, -10_000_000)),
                bad(field, "of the other two signs", money(field, "EUR", -1, 10_000_000)),
                bad(field, "of a full unit in nanos", money(field, "EUR", 1, 1_000_000_000)),
                bad(field, "of 10^12 and a unit", money(field, "EUR", 1_000_000_000_001L, 0)),
                bad(field, "of 10^12 and a cent", money(field, "EUR", 1_000_000_000_000L, 10_000_000)),
                bad(field, "of as much as can be", money(field, "EUR", Long.MAX_VALUE, 0)),
                bad(field, "with three decimals in EUR", money(field, "EUR", 1, 1_000_000)),
                bad(field, "with decimals in JPY", money(field, "JPY", 1, 500_000_000)),
                bad(field, "with four decimals in BHD", money(field, "BHD", 1, 100_000)),
                bad(field, "without currency", money(field, "", 1, 0)),
                bad(field, "in eur", money(field, "eur", 1, 0)),
                bad(field, "in EURO", money(field, "EURO", 1, 0)),
                bad(field, "in a currency that does not exist", money(field, "XYZ", 1, 0)),
                bad(field, "in no currency", money(field, "XXX", 1, 0)),
                bad(field, "in a megabyte", money(field, MEGABYTE, 1, 0)),
                new Value("with nothing in it", money(field, "", 0, 0), Collections.nCopies(2, field.getName())),
                new Value("with all wrong", money(field, "euro", -1, -1), Collections.nCopies(3, field.getName())),
                good("of a cent", money(field, "EUR", 0, 10_000_000)),
                good("of 10^12", money(field, "EUR", 1_000_000_000_000L, 0)),
                good("with three decimals in BHD", money(field, "BHD", 1, 1_000_000)),
                good("in JPY", money(field, "JPY", 1, 0)));
    }

    private static Message money(FieldDescriptor field, String currency, long units, int nanos) {
        var type = field.getMessageType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("currency_code"), currency)
                .setField(type.findFieldByName("units"), units)
                .setField(type.findFieldByName("nanos"), nanos)
                .build();
    }

    private static Value good(String what, Object value) {
        return new Value(what, value, List.of());
    }

    private static Value bad(FieldDescriptor field, String what, Object value) {
        return new Value(what, value, List.of(field.getName()));
    }

    private static String quoted(String text) {
        return '"' + text.substring(0, Math.min(text.length(), 40)).replaceAll("[^ -~]", "?") + '"';
    }

    private static boolean isMoney(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.type.Money");
    }

    private static boolean isPageSize(FieldDescriptor field) {
        return field.getJavaType() == JavaType.INT && field.getName().equals("page_size");
    }

    private static boolean isVersion(FieldDescriptor field) {
        return field.getJavaType() == JavaType.LONG && field.getName().endsWith("_version");
    }

    private static boolean isIds(FieldDescriptor field) {
        return isText(field, "_ids") && field.isRepeated();
    }

    private static boolean isId(FieldDescriptor field) {
        return (isText(field, "_id") || field.getName().equals("id")) && !field.isRepeated();
    }

    private static boolean isToken(FieldDescriptor field) {
        return isText(field, "_token") && !field.isRepeated();
    }

    private static boolean isText(FieldDescriptor field, String ending) {
        return field.getJavaType() == JavaType.STRING && field.getName().endsWith(ending);
    }

    private static AssertionError unknownKind(FieldDescriptor field) {
        return new AssertionError(
                "What is good and what is bad in " + field.getFullName() + " isn't known; say it in Spoiled");
    }
}
