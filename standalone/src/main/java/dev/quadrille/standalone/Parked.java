package dev.quadrille.standalone;

import dev.quadrille.proto.parking.v1.DiscardRequest;
import dev.quadrille.proto.parking.v1.ListParkedRequest;
import dev.quadrille.proto.parking.v1.ParkedMessage;
import dev.quadrille.proto.parking.v1.ReplayRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator does about parked messages, by the calls that anyone may make of the running services. */
@Command(
        name = "parked",
        description = "Lists the messages that could not be handled, has them handled again, or discards them.",
        mixinStandardHelpOptions = true)
final class Parked {

    private static final String ID = "[0-9a-fA-F-]{36}";
    private static final String FINGERPRINT = "[0-9a-f]{16}";
    private static final String STREAM = ".+/.+";

    @Spec
    private CommandSpec spec;

    @Command(
            description = {
                "Lists parked messages: list [<stream>|<fingerprint>]",
                "All, or those of a stream, or that failed alike."
            },
            mixinStandardHelpOptions = true)
    void list(@Mixin GivenSettings given) {
        call(given, (services, out) -> {
            var parked =
                    services.list(only(given).map(Parked::filter).orElseGet(ListParkedRequest::getDefaultInstance));
            parked.forEach(message -> out.println(line(message)));
            out.println(parked.isEmpty() ? "Nothing is parked." : parked.size() + " parked.");
        });
    }

    @Command(
            description = "Shows a parked message with all that came with it: show <id>",
            mixinStandardHelpOptions = true)
    void show(@Mixin GivenSettings given) {
        var id = one(given, ID, "the id of a parked message");
        call(given, (services, out) -> {
            var found = services.get(id);
            out.println(line(found.getParked()));
            new TreeMap<>(found.getHeadersMap()).forEach((name, value) -> out.println("  " + name + ": " + value));
            out.println(found.getBody().toStringUtf8());
            out.println(found.getStack());
        });
    }

    @Command(
            description = {
                "Has messages handled again: replay <id>|<stream>|<fingerprint>",
                "One, after those before it in its stream; all of a stream; or all that failed alike, once the cause is mended."
            },
            mixinStandardHelpOptions = true)
    void replay(@Mixin GivenSettings given) {
        var what = one(
                given, ID + "|" + FINGERPRINT + "|" + STREAM, "the id of a parked message, a stream or a fingerprint");
        var request = ReplayRequest.newBuilder();
        if (what.matches(ID)) {
            request.setParkedId(what);
        } else if (what.matches(FINGERPRINT)) {
            request.setFingerprint(what);
        } else {
            request.setStream(what);
        }
        call(given, (services, out) -> {
            var before = those(services, what);
            services.replay(request.build());
            out.println(services.cameOf(before, () -> those(services, what)));
        });
    }

    @Command(
            description = "Has a message finished without effect: discard <id> --reason <why>",
            mixinStandardHelpOptions = true)
    void discard(
            @Mixin GivenSettings given,
            @Option(names = "--reason", required = true, description = "Why, for those who ask later.") String reason) {
        var id = one(given, ID, "the id of a parked message");
        call(given, (services, out) -> {
            var before = those(services, id);
            services.discard(DiscardRequest.newBuilder()
                    .setParkedId(id)
                    .setReason(reason)
                    .build());
            out.println(services.cameOf(before, () -> those(services, id)));
        });
    }

    private static List<ParkedMessage> those(ParkingCalls services, String what) {
        return services.list(what.matches(ID) ? ListParkedRequest.getDefaultInstance() : filter(what)).stream()
                .filter(message -> !what.matches(ID) || message.getParkedId().equalsIgnoreCase(what))
                .toList();
    }

    private static ListParkedRequest filter(String what) {
        var request = ListParkedRequest.newBuilder();
        return (what.matches(FINGERPRINT) ? request.setFingerprint(what) : request.setStream(what)).build();
    }

    private String one(GivenSettings given, String pattern, String what) {
        return only(given)
                .filter(word -> word.matches(pattern))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Say " + what + " (./run parked list shows them), not " + given.words()));
    }

    private Optional<String> only(GivenSettings given) {
        if (given.words().size() > 1) {
            throw new ParameterException(spec.commandLine(), "One at a time, not " + given.words());
        }
        return given.words().stream().findFirst();
    }

    private void call(GivenSettings given, BiConsumer<ParkingCalls, PrintWriter> calls) {
        var out = spec.commandLine().getOut();
        try (var services = ParkingCalls.of(StandaloneSettings.from(given.variables()))) {
            calls.accept(services, out);
        }
        out.flush();
    }

    private static String line(ParkedMessage message) {
        return "%s  %s%n    %s of %s%n    %s: %s%s"
                .formatted(
                        message.getParkedId(),
                        message.getConsumer(),
                        message.getType().isEmpty() ? "Something unreadable" : message.getType(),
                        message.getStream().isEmpty() ? "no stream" : message.getStream(),
                        message.getAttempts() == 0
                                ? "not tried"
                                : "tried " + message.getAttempts() + " times, fingerprint " + message.getFingerprint(),
                        message.getReason(),
                        message.getDiscardReason().isEmpty()
                                ? ""
                                : "%n    to be discarded: ".formatted() + message.getDiscardReason());
    }
}
