package dev.quadrille.standalone;

/** Command lines that work as they are, for people who want to try something now. */
record Calls(StandaloneSettings settings) {

    String command(String method, String json) {
        return grpc(settings.listenerPort(), "financing.v1.CommandService/" + method, json);
    }

    String query(String method, String json) {
        return grpc(settings.queryPort(), method, json);
    }

    String grpcurl(String service) {
        return "grpcurl -plaintext localhost:" + settings.listenerPort() + " " + service;
    }

    private static String grpc(int port, String method, String json) {
        return "npx @bufbuild/buf curl --protocol grpc --http2-prior-knowledge --data '" + json + "' http://localhost:"
                + port + "/" + method;
    }
}
