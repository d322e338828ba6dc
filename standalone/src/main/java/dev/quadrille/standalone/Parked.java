package dev.quadrille.standalone;

import dev.quadrille.proto.parking.v1.DiscardRequest;
import dev.quadrille.proto.parking.v1.ListParkedRequest;
import dev.quadrille.proto.parking.v1.ParkedMessage;
import dev.quadrille.proto.parking.v1.ReplayRequest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an operator does about parked messages, by the calls that anyone may make of the running services. */
@Command(
        name = "parked",
        description = "Lists the messages that could not be handled, has them handled again, or discards them.",
        mixinStandardHelpOptions = true)
final class Parked extends OperatorTask {

    private static final String ID = "[0-9a-fA-F-]{36}";
    private static final String FINGERPRINT = "[0-9a-f]{16}";
    private static final String STREAM = ".+/.+";

    @Command(
            description = {
                "Lists parked messages: list [<stream>|<fingerprint>]",
                "All, or those of a stream, or that failed alike."
            },
            mixinStandardHelpOptions = true)
    int list(@Mixin GivenSettings given) {
        return call(given, (system, out) -> {
            var parked = new ParkingCalls(system)
                    .list(only(given).map(Parked::filter).orElseGet(ListParkedRequest::getDefaultInstance));
            parked.forEach(message -> out.println(line(message)));
            out.println(parked.isEmpty() ? "Nothing is parked." : parked.size() + " parked.");
            return 0;
        });
    }

    @Command(
            description = "Shows a parked message with all that came with it: show <id>",
            mixinStandardHelpOptions = true)
    int show(@Mixin GivenSettings given) {
        var id = id(given);
        return call(given, (system, out) -> {
            var found = new ParkingCalls(system).get(id);
            out.println(line(found.getParked()));
            new TreeMap<>(found.getHeadersMap()).forEach((name, value) -> out.println("  " + name + ": " + value));
            out.println(found.getBody().toStringUtf8());
            out.println(found.getStack());
            return 0;
        });
    }

    @Command(
            description = {
                "Has messages handled again: replay <id>|<stream>|<fingerprint>",
                "One, after those before it in its stream; all of a stream; or all that failed alike, once the cause is mended."
            },
            mixinStandardHelpOptions = true)
    int replay(@Mixin GivenSettings given) {
        var what = one(
                given,
                ID + "|" + FINGERPRINT + "|" + STREAM,
                "the id of a parked message, a stream or a fingerprint (./run parked list shows them)");
        var request = ReplayRequest.newBuilder();
        if (what.matches(ID)) {
            request.setParkedId(what);
        } else if (what.matches(FINGERPRINT)) {
            request.setFingerprint(what);
        } else {
            request.setStream(what);
        }
        return ask(given, what, services -> services.replay(request.build()));
    }

    @Command(
            description = "Has a message finished without effect: discard <id> --reason <why>",
            mixinStandardHelpOptions = true)
    int discard(
            @Mixin GivenSettings given,
            @Option(names = "--reason", required = true, description = "Why, for those who ask later.") String reason) {
        var id = id(given);
        var request =
                DiscardRequest.newBuilder().setParkedId(id).setReason(reason).build();
        return ask(given, id, services -> services.discard(request));
    }

    private String id(GivenSettings given) {
        return one(given, ID, "the id of a parked message (./run parked list shows them)");
    }

    private int ask(GivenSettings given, String what, Consumer<ParkingCalls> call) {
        return call(given, (system, out) -> {
            var services = new ParkingCalls(system);
            var before = those(services, what);
            if (before.isEmpty()) {
                out.println("Nothing of it is parked.");
            } else {
                call.accept(services);
                out.println(services.cameOf(before, () -> those(services, what)));
            }
            return 0;
        });
    }

    private static List<ParkedMessage> those(ParkingCalls services, String what) {
        return what.matches(ID) ? services.find(what) : services.list(filter(what));
    }

    private static ListParkedRequest filter(String what) {
        var request = ListParkedRequest.newBuilder();
        return (what.matches(FINGERPRINT) ? request.setFingerprint(what) : request.setStream(what)).build();
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
