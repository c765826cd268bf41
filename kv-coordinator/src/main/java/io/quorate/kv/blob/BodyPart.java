package io.quorate.kv.blob;

import java.nio.ByteBuffer;

/** What passes between nodes while a body is pushed: its bytes in order, then its end. */
public sealed interface BodyPart {
    /**
     * The next bytes.
     *
     * @param bytes not changed by the sender afterwards
     */
    record Bytes(ByteBuffer bytes) implements BodyPart {}

    /**
     * The body is complete; a body that broke off has none.
     *
     * @param length of the whole body in bytes
     * @param crc32c of the whole body
     */
    record End(long length, int crc32c) implements BodyPart {}
}
