package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Message;
import java.util.HashMap;
import java.util.Map;

/** Reads equal messages once, which is what a simulation would do most of the time. */
final class ReadOnce implements Codec {

    private final Codec codec;
    private final Map<Message, Object> read = new HashMap<>();

    ReadOnce(Codec codec) {
        this.codec = codec;
    }

    @Override
    public Message encode(Object message) {
        return codec.encode(message);
    }

    @Override
    public Object decode(Message message) {
        return read.computeIfAbsent(message, codec::decode);
    }
}
