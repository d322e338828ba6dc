package dev.quadrille.grpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * gzip that tells of a bad header when the message is read, where {@link CleanErrors} sees it; grpc-java's own fails in the
 * transport, which answers UNKNOWN.
 */
final class ForgivingGzip implements Decompressor {
    /** What a server may be sent: gzip, or no compression. */
    static DecompressorRegistry registry() {
        return DecompressorRegistry.emptyInstance()
                .with(new ForgivingGzip(), true)
                .with(Codec.Identity.NONE, false);
    }

    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream compressed) {
        try {
            return new GZIPInputStream(compressed);
        } catch (IOException e) {
            return new Broken(e);
        }
    }

    private static final class Broken extends InputStream {
        private final IOException fault;

        Broken(IOException fault) {
            this.fault = fault;
        }

        @Override
        public int read() throws IOException {
            throw fault;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw fault;
        }
    }
}
