package io.quorate.aws.chunked;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Gathers one line of the framing over any number of buffers, up to a bound. */
final class Line {
    private final byte[] bytes;
    private int length;
    private boolean complete;

    /** Room for so many bytes and the carriage return. */
    Line(int maxBytes) {
        this.bytes = new byte[maxBytes + 1];
    }

    /** Reads up to and including the line feed; returns the index after what was read. */
    int read(ByteBuffer in, int from, int limit) {
        for (int at = from; at < limit; at++) {
            byte b = in.get(at);
            if (b == '\n') {
                if (length == 0 || bytes[length - 1] != '\r') {
                    throw AwsChunkedDecoder.malformed("a line does not end in CR LF");
                }
                complete = true;
                return at + 1;
            }
            if (length == bytes.length || (length > 0 && bytes[length - 1] == '\r')) {
                throw AwsChunkedDecoder.malformed("a line is too long or broken");
            }
            bytes[length++] = b;
        }
        return limit;
    }

    boolean isComplete() {
        return complete;
    }

    /** The line without its end; the next one begins empty. */
    String take() {
        String text = new String(bytes, 0, length - 1, StandardCharsets.ISO_8859_1);
        length = 0;
        complete = false;
        return text;
    }
}
