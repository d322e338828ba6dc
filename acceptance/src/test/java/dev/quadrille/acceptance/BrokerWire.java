package dev.quadrille.acceptance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The wire between a service and its broker, both on loopback. It passes on what they say, frame by frame (AMQP 0-9-1,
 * section 4.2), and can be cut at a given moment: in the middle of a frame.
 */
final class BrokerWire implements AutoCloseable {

    private static final int PROTOCOL_HEADER = 8;
    private static final int BASIC = 60;
    private static final int PUBLISH = 40;
    private static final int DELIVER = 60;
    private static final int ACK = 80;

    private final ServerSocket server;
    private final int broker;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final AtomicLong redelivered = new AtomicLong();
    private volatile boolean open = true;
    private volatile long lastWork;
    private volatile Duration forMessage = Duration.ZERO;

    /** What is to be done once, when the service says this; and whether to pass that on then. */
    private record Trap(Predicate<Frame> moment, Runnable action, boolean cuts) {}

    /** Seven octets with type, channel and size, what is said, and an end. */
    static final class Frame {

        private final byte[] octets;

        private Frame(byte[] octets) {
            this.octets = octets;
        }

        static @Nullable Frame read(DataInputStream in) throws IOException {
            var header = in.readNBytes(7);
            if (header.length < 7) {
                return null;
            }
            var size = ByteBuffer.wrap(header).getInt(3);
            var octets = ByteBuffer.allocate(7 + size + 1).put(header).array();
            in.readFully(octets, 7, size + 1);
            return new Frame(octets);
        }

        /** How long it is, in octets. */
        int length() {
            return octets.length;
        }

        private boolean isBasic(int method) {
            var buffer = ByteBuffer.wrap(octets);
            return octets[0] == 1 && buffer.getShort(7) == BASIC && buffer.getShort(9) == method;
        }

        boolean isPublish() {
            return isBasic(PUBLISH);
        }

        boolean isAck() {
            return isBasic(ACK);
        }

        /** Behind the consumer's tag, a short string, and the number of the delivery. */
        boolean isRedelivery() {
            return isBasic(DELIVER) && octets[11 + 1 + octets[11] + 8] != 0;
        }
    }

    private BrokerWire(ServerSocket server, int broker) {
        this.server = server;
        this.broker = broker;
    }

    /** Lays a wire to the broker that listens on this port. */
    static BrokerWire to(int broker) throws IOException {
        var wire = new BrokerWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broker);
        Thread.startVirtualThread(wire::accept);
        return wire;
    }

    /** Where the service finds its end. */
    int port() {
        return server.getLocalPort();
    }

    /** How many messages the broker has given to the service not for the first time. */
    long redelivered() {
        return redelivered.get();
    }

    /** When the service last published or acknowledged something, by {@link System#nanoTime()}. */
    long lastWork() {
        return lastWork;
    }

    /** Cuts the wire, and refuses every connection until it is {@link #mend mended}. */
    void cut() {
        open = false;
        ends.forEach(BrokerWire::close);
    }

    void mend() {
        open = true;
    }

    /** How long each message is to take that the service publishes. */
    void slow(Duration forMessage) {
        this.forMessage = forMessage;
    }

    /** Does this once, at the first frame from the service for which that holds, and passes on half of it and no more. */
    void cutAt(Predicate<Frame> moment, Runnable action) {
        trap.set(new Trap(moment, action, true));
    }

    /** Does this once, at the first frame from the service for which that holds, before it passes it on. */
    void at(Predicate<Frame> moment, Runnable action) {
        trap.set(new Trap(moment, action, false));
    }

    private void accept() {
        try {
            while (true) {
                var service = server.accept();
                Thread.startVirtualThread(() -> connect(service));
            }
        } catch (IOException closed) {
            // By the test.
        }
    }

    private void connect(Socket service) {
        try (service;
                var broker = new Socket(InetAddress.getLoopbackAddress(), this.broker)) {
            ends.add(service);
            ends.add(broker);
            if (open) {
                Thread.startVirtualThread(() -> passOn(broker, service, 0, this::isCutByAnswer));
                passOn(service, broker, PROTOCOL_HEADER, this::isCutBy);
            }
            ends.remove(service);
            ends.remove(broker);
        } catch (IOException away) {
            // The broker: the service finds its end closed.
        }
    }

    /** Until one end is closed; then the other is. */
    private static void passOn(Socket from, Socket to, int before, Predicate<Frame> cut) {
        try (from;
                to) {
            var in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            var out = new BufferedOutputStream(to.getOutputStream());
            out.write(in.readNBytes(before));
            out.flush();
            for (var frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                if (cut.test(frame)) {
                    out.write(frame.octets, 0, frame.length() / 2);
                    out.flush();
                    return;
                }
                out.write(frame.octets);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // One of the ends.
        }
    }

    private boolean isCutBy(Frame frame) {
        if (frame.isPublish()) {
            LockSupport.parkNanos(forMessage.toNanos());
        }
        if (frame.isPublish() || frame.isAck()) {
            lastWork = System.nanoTime();
        }
        var set = trap.get();
        if (set == null || !set.moment().test(frame) || !trap.compareAndSet(set, null)) {
            return false;
        }
        set.action().run();
        return set.cuts();
    }

    private boolean isCutByAnswer(Frame frame) {
        if (frame.isRedelivery()) {
            redelivered.incrementAndGet();
        }
        return false;
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
