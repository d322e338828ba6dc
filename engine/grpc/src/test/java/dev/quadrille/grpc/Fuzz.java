package dev.quadrille.grpc;

import static io.grpc.Status.Code.DEADLINE_EXCEEDED;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.quadrille.grpc.WireClient.Ended;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a server very many requests that are good in parts, many at once: each is to end as the contract says, which INTERNAL
 * and UNKNOWN are not. Every run sends others; a failure tells how to send the same again.
 */
public final class Fuzz {
    private static final Set<Code> DOCUMENTED = EnumSet.of(OK, INVALID_ARGUMENT, NOT_FOUND, DEADLINE_EXCEEDED);
    private static final int AT_ONCE = 200;
    private static final int LARGE = 50_000;
    private static final int SHOWN = 1_000;

    /** A request may rightly wait: for an outcome, or for what a token speaks of. */
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private final WireClient client;
    private final List<MethodDescriptor> methods;
    private final long seed = Long.getLong("quadrille.fuzz.seed", new Random().nextLong());
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<Code, Integer> ends = new EnumMap<>(Code.class);
    private final AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();

    /** Sends to the server of this client, to each of its methods. */
    public Fuzz(WireClient client) {
        this.client = client;
        this.methods = client.methods();
    }

    /**
     * Sends requests until one ends as it must not.
     *
     * @param usual how many, unless {@code quadrille.fuzz.requests} says otherwise
     */
    public void run(int usual) {
        var requests = Integer.getInteger("quadrille.fuzz.requests", usual);
        var corpora = methods.stream().collect(toUnmodifiableMap(method -> method, Fuzz::corpus));
        for (var number = 0; number < requests && failure.get() == null; number++) {
            var random = new Random(seed + number);
            var method = methods.get(random.nextInt(methods.size()));
            send(number, method, mutated(requireNonNull(corpora.get(method)), random));
        }
        room.acquireUninterruptibly(AT_ONCE);
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        assertThat(ends).as("how the calls ended").containsKeys(OK, INVALID_ARGUMENT);
        for (var method : methods) {
            assertThat(client.call(method, Spoiled.good(method.getInputType()), DEADLINE))
                    .as("a good call of %s after all that", method.getFullName())
                    .matches(Ended::isServed, "is served");
        }
    }

    private static List<Message> corpus(MethodDescriptor method) {
        return Stream.concat(
                        Stream.of(Spoiled.good(method.getInputType())),
                        Spoiled.of(method).map(Spoiled::request))
                .filter(request -> request.getSerializedSize() < LARGE)
                .toList();
    }

    /** As often of the good request, which comes first, as of any other. */
    private static byte[] mutated(List<Message> corpus, Random random) {
        var mutation = new Mutation(random);
        var request = mutation.of(corpus.get(random.nextBoolean() ? 0 : random.nextInt(corpus.size())));
        return random.nextBoolean() ? mutation.of(request.toByteArray()) : request.toByteArray();
    }

    private void send(int number, MethodDescriptor method, byte[] request) {
        room.acquireUninterruptibly();
        var _ = client.send(method, request, DEADLINE, new Metadata()).whenComplete((ended, thrown) -> {
            if (thrown == null && isDocumented(ended)) {
                synchronized (ends) {
                    ends.merge(ended.code(), 1, Integer::sum);
                }
            } else {
                failure.compareAndSet(null, new AssertionError("""
                        %s ended with %s
                        which request %d makes it do: %s
                        Send the same again with -Dquadrille.fuzz.seed=%d -Dquadrille.fuzz.requests=%d""".formatted(
                                method.getFullName(), ended, number, shown(request), seed, number + 1)));
            }
            room.release();
        });
    }

    /** The client's own clock gives no reason. */
    private static boolean isDocumented(Ended ended) {
        var reasons = ended.code() == OK ? 0 : 1;
        return DOCUMENTED.contains(ended.code())
                && (ended.reasons().size() == reasons || ended.code() == DEADLINE_EXCEEDED);
    }

    private static String shown(byte[] request) {
        var hex = HexFormat.of().formatHex(request, 0, Math.min(request.length, SHOWN));
        return request.length <= SHOWN ? hex : "%s... (%,d bytes)".formatted(hex, request.length);
    }
}
