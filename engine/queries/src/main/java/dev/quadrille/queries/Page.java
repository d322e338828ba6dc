package dev.quadrille.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.noCondition;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.quadrille.grpc.GrpcErrors;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.TableField;

/**
 * A page of a list as AIP-158 has it, by ascending id: whatever changes between two pages, a row that is there all the
 * time is told once.
 *
 * @param nextToken asks for the next page; empty on the last one
 */
public record Page<R>(List<R> rows, String nextToken) {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;
    private static final int LONGEST = 1 << 20;
    private static final Set<String> NO_FILTERS = Set.of("page_size", "page_token", "consistency_token");
    private static final byte FORMAT = 1;
    private static final int TOKEN_BYTES = 1 + 2 * 2 * Long.BYTES;

    /**
     * Reads the page that a request asks for.
     *
     * @param request as below
     * @param filter what its filters mean
     * @throws StatusRuntimeException INVALID_ARGUMENT if the token is none of this list with these filters
     */
    public static <R extends Record> Page<R> of(
            DSLContext jooq, Message request, TableField<R, UUID> id, Condition filter) {
        return of(
                request,
                row -> row.get(id),
                (after, limit) -> jooq.selectFrom(Objects.requireNonNull(id.getTable()))
                        .where(filter)
                        .and(after.map(id::gt).orElse(noCondition()))
                        .orderBy(id)
                        .limit(limit)
                        .fetch());
    }

    /**
     * Reads the page that a request asks for.
     *
     * @param request its {@code page_size} and {@code page_token} say which page; all its other fields but the {@code
     *     consistency_token} are filters, which a token is bound to
     * @param id of a row, ascending in the order of the list
     * @param rows those that match the filters behind this id, or from the first on, at most so many
     * @throws StatusRuntimeException INVALID_ARGUMENT if the token is none of this list with these filters
     */
    public static <R> Page<R> of(
            Message request, Function<R, UUID> id, BiFunction<Optional<UUID>, Integer, List<R>> rows) {
        return ofLong(request, id, _ -> 0, (after, limit) -> rows.apply(after, limit).stream());
    }

    /**
     * Likewise of rows that may be long: the page ends before it would be longer than a MiB, though not before its first row.
     *
     * @param length of a row, in bytes
     * @param rows as above, taken one by one as long as they fit
     */
    public static <R> Page<R> ofLong(
            Message request,
            Function<R, UUID> id,
            ToIntFunction<R> length,
            BiFunction<Optional<UUID>, Integer, Stream<R>> rows) {
        var filters = filtersOf(request);
        var token = (String) value(request, "page_token");
        var size = sizeOf((int) value(request, "page_size"));
        var after = token.isEmpty() ? Optional.<UUID>empty() : Optional.of(lastId(token, filters));
        var page = new ArrayList<R>();
        var bytes = 0L;
        for (var row : (Iterable<R>) rows.apply(after, size + 1)::iterator) {
            bytes += length.applyAsInt(row);
            if (page.size() == size || (bytes > LONGEST && !page.isEmpty())) {
                return new Page<>(page, token(filters, id.apply(page.getLast())));
            }
            page.add(row);
        }
        return new Page<>(page, "");
    }

    /** The rows as something else. */
    public <T> List<T> as(Function<R, T> mapper) {
        return rows.stream().map(mapper).toList();
    }

    private static int sizeOf(int asked) {
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    private static String token(UUID filters, UUID last) {
        var bytes = ByteBuffer.allocate(TOKEN_BYTES)
                .put(FORMAT)
                .putLong(filters.getMostSignificantBits())
                .putLong(filters.getLeastSignificantBits())
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static UUID lastId(String token, UUID filters) {
        var bytes = decoded(token);
        if (bytes.remaining() != TOKEN_BYTES
                || bytes.get() != FORMAT
                || !filters.equals(new UUID(bytes.getLong(), bytes.getLong()))) {
            throw notOfThisList();
        }
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static ByteBuffer decoded(String token) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            throw notOfThisList();
        }
    }

    private static StatusRuntimeException notOfThisList() {
        return GrpcErrors.invalidArgument(List.of(GrpcErrors.violation(
                "page_token", "must be a next_page_token of this list, asked for with the same filters")));
    }

    /** Equal for requests of the same list with the same filters. */
    private static UUID filtersOf(Message request) {
        var filters = request.toBuilder();
        for (var other : request.getDescriptorForType().getFields()) {
            if (NO_FILTERS.contains(other.getName())) {
                filters.clearField(other);
            }
        }
        var name = request.getDescriptorForType().getFullName().getBytes(UTF_8);
        var bytes = filters.build().toByteArray();
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(name.length + bytes.length)
                .put(name)
                .put(bytes)
                .array());
    }

    private static Object value(Message request, String field) {
        return request.getField(field(request, field));
    }

    private static FieldDescriptor field(Message request, String name) {
        return Objects.requireNonNull(request.getDescriptorForType().findFieldByName(name), name);
    }
}
