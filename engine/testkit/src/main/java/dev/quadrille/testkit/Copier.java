package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Message;
import org.opentest4j.AssertionFailedError;

/** Puts what a codec has written and read again in the place of what a test has made. */
record Copier(Codec codec) {

    /** @throws AssertionFailedError if the codec does not know the message, or reads another than it wrote */
    <T> T copy(Class<T> type, T message) {
        var read = codec.decode(written(message));
        if (!read.equals(message)) {
            throw new AssertionFailedError(
                    "The codec's " + codec.encode(message) + " reads as another message", message, read);
        }
        return type.cast(read);
    }

    private Message written(Object message) {
        try {
            return codec.encode(message);
        } catch (IllegalArgumentException undeclared) {
            throw new AssertionFailedError("The codec does not write " + message, undeclared);
        }
    }
}
