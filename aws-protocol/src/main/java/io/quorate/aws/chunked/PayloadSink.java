package io.quorate.aws.chunked;

import java.nio.ByteBuffer;

/** Takes the payload that a decoder finds in its input, without a copy. */
@FunctionalInterface
public interface PayloadSink {
    /**
     * Bytes of the payload, in order.
     *
     * @param source the buffer that is being decoded; its position and limit must not be changed
     * @param index where the bytes begin, as an absolute index
     * @param length how many they are, at least one
     */
    void payload(ByteBuffer source, int index, int length);
}
