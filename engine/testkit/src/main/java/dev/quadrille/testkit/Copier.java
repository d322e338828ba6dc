package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Puts what a codec has written and read again in the place of what a test has made; without a codec, nothing. */
record Copier(@Nullable Codec codec) {

    static final Copier NONE = new Copier(null);

    <T> T copy(Class<T> type, T message) {
        if (codec == null) {
            return message;
        }
        var written = codec.encode(message);
        var read = codec.decode(written);
        if (!read.equals(message)) {
            throw new AssertionFailedError("The codec's " + written + " reads as another message", message, read);
        }
        return type.cast(read);
    }
}
