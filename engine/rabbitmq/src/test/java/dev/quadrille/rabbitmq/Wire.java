package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The network between a test and its broker, which the test can cut, stall and whisper into. */
final class Wire implements AutoCloseable {

    private static final short CONNECTION = 10;
    private static final short BLOCKED = 60;
    private static final short UNBLOCKED = 61;

    private record Line(Socket client, Socket broker) {}

    private final ServerSocket server;
    private final URI broker;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean down;

    Wire(String brokerUrl) {
        broker = URI.create(brokerUrl);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** The broker's address with this wire in between. */
    String url() {
        return broker.toString()
                .replace(
                        broker.getHost() + ":" + broker.getPort(),
                        server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
    }

    /** Breaks every connection. New ones are possible. */
    void cut() {
        lines.forEach(Wire::close);
    }

    /** Breaks every connection, and lets none come up until {@link #up()}. */
    void down() {
        down = true;
        cut();
    }

    void up() {
        down = false;
    }

    /** Lets nothing more pass to the broker, without a sign of it, until {@link #flow()}. */
    void stall() {
        gate = new CountDownLatch(1);
    }

    void flow() {
        gate.countDown();
    }

    /** Says what RabbitMQ says when it is short of memory or disk. Only while nothing else is under way. */
    void tellBlocked(String reason) throws IOException {
        var text = reason.getBytes(US_ASCII);
        tell(ByteBuffer.allocate(5 + text.length)
                .putShort(CONNECTION)
                .putShort(BLOCKED)
                .put((byte) text.length)
                .put(text));
    }

    void tellUnblocked() throws IOException {
        tell(ByteBuffer.allocate(4).putShort(CONNECTION).putShort(UNBLOCKED));
    }

    @Override
    public void close() throws IOException {
        flow();
        server.close();
        cut();
    }

    /** A method frame on channel 0. */
    private void tell(ByteBuffer method) throws IOException {
        var frame = ByteBuffer.allocate(8 + method.capacity())
                .put((byte) 1)
                .putShort((short) 0)
                .putInt(method.capacity())
                .put(method.flip())
                .put((byte) 0xCE);
        for (var line : lines) {
            line.client().getOutputStream().write(frame.array());
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var line = new Line(client, new Socket(broker.getHost(), broker.getPort()));
            lines.add(line);
            if (down) {
                close(line);
            }
            Thread.startVirtualThread(() -> pump(line, line.client(), line.broker(), true));
            Thread.startVirtualThread(() -> pump(line, line.broker(), line.client(), false));
        } catch (ConnectException noBroker) {
            client.close();
        }
    }

    private void pump(Line line, Socket from, Socket to, boolean gated) {
        try {
            pump(from.getInputStream(), to.getOutputStream(), gated);
        } catch (IOException | InterruptedException broken) {
            // As good as the end.
        } finally {
            lines.remove(line);
            close(line);
        }
    }

    private void pump(InputStream from, OutputStream to, boolean gated) throws IOException, InterruptedException {
        var buffer = new byte[64 * 1024];
        for (var length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            if (gated) {
                gate.await();
            }
            to.write(buffer, 0, length);
        }
    }

    private static void close(Line line) {
        try (line.client;
                line.broker) {
            // Closing is all.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
