package dev.quadrille.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A line to the broker on which, at the test's word, nothing comes back any more, without a sign of it. */
final class DeafLine implements AutoCloseable {

    private final URI broker;
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile boolean deaf;

    DeafLine(String amqpUrl) throws IOException {
        broker = URI.create(amqpUrl);
        Thread.startVirtualThread(this::connect);
    }

    /** The broker's address at the end of this line. */
    String amqpUrl() {
        return "amqp://%s@127.0.0.1:%d".formatted(broker.getUserInfo(), entrance.getLocalPort());
    }

    void goDeaf() {
        deaf = true;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void connect() {
        try {
            while (true) {
                var client = entrance.accept();
                var server = new Socket(broker.getHost(), broker.getPort());
                Thread.startVirtualThread(() -> carry(client, server, false));
                Thread.startVirtualThread(() -> carry(server, client, true));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void carry(Socket from, Socket to, boolean back) {
        var buffer = new byte[8 * 1024];
        try (from;
                to) {
            for (var length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                if (!back || !deaf) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } catch (IOException closed) {
            // Then the other direction ends as well.
        }
    }
}
