package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.Standalone;
import java.io.IOException;
import java.util.concurrent.Callable;

/** A system in one process, and the servers behind it. */
record OwnSystem(OwnServers servers, Standalone system) implements AutoCloseable {

    static OwnSystem on(Callable<OwnServers> start) throws Exception {
        var servers = start.call();
        try {
            return new OwnSystem(servers, Standalone.onServers(servers.name(), servers.settings()));
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        system.close();
        servers.close();
    }

    @Override
    public String toString() {
        return servers.name();
    }
}
