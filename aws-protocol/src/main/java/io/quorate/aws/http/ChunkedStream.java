package io.quorate.aws.http;

import io.quorate.aws.chunked.AwsChunkedDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Cuts the payload out of buffers of an aws-chunked body, as parts of the same memory. Not
 * thread-safe.
 */
final class ChunkedStream {
    private final AwsChunkedDecoder decoder;

    ChunkedStream(AwsChunkedDecoder decoder) {
        this.decoder = decoder;
    }

    /** The payload's parts in the buffer, which is consumed; each is released by who takes it. */
    List<DataBuffer> payload(DataBuffer buffer) {
        List<DataBuffer> parts = new ArrayList<>(2);
        try {
            for (int[] range : ranges(buffer)) {
                buffer.readPosition(range[0]);
                // What lies before the position is cut off with the part, and never read.
                parts.add(buffer.split(range[0] + range[1]));
            }
            return parts;
        } catch (RuntimeException e) {
            parts.forEach(DataBufferUtils::release);
            throw e;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** Where payload begins in the buffer, each relative to the end of the one before, and how long. */
    private List<int[]> ranges(DataBuffer buffer) {
        List<int[]> ranges = new ArrayList<>(2);
        int[] base = {buffer.readPosition()};
        int[] cut = {0};
        try (DataBuffer.ByteBufferIterator each = buffer.readableByteBuffers()) {
            while (each.hasNext()) {
                ByteBuffer bytes = each.next();
                int first = bytes.position();
                int start = base[0];
                base[0] += bytes.remaining();
                decoder.decode(bytes, (source, index, length) -> {
                    int from = start + index - first;
                    ranges.add(new int[]{from - cut[0], length});
                    cut[0] = from + length;
                });
            }
        }
        return ranges;
    }
}
