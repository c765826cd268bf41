package io.quorate.benchmarks.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a request. */
public final class Message {
    private final byte[] head;
    private final byte[] body;

    private Message(byte[] head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** A request of this head (with its blank line) and this body, which is shared. */
    public static Message of(String head, byte[] body) {
        return new Message(head.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    ByteBuffer[] buffers() {
        return new ByteBuffer[]{ByteBuffer.wrap(head), ByteBuffer.wrap(body)};
    }

    /** Both parts, ready to be written. */
    public ByteBuffer joined() {
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        out.write(body);
        out.flush();
    }

    /** Both parts as text. */
    @Override
    public String toString() {
        return new String(head, StandardCharsets.ISO_8859_1)
                + new String(body, StandardCharsets.UTF_8);
    }
}
