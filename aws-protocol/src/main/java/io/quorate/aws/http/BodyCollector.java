package io.quorate.aws.http;

import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers a stream of buffers in one array, within a limit and within the memory for bodies. */
final class BodyCollector {
    private static final int FIRST_BYTES = 8 * 1024;
    private static final byte[] EMPTY = {};

    private final int maxBytes;
    private final BodyMemory.Share memory;
    private byte[] bytes = EMPTY;
    private int length;

    private BodyCollector(int maxBytes, BodyMemory.Share memory) {
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /**
     * All bytes of the stream.
     *
     * @param expectedBytes how many will come as far as the head says, or -1
     */
    static Mono<byte[]> collect(Flux<DataBuffer> stream, long expectedBytes, int maxBytes,
            BodyMemory.Share memory) {
        return Mono.defer(() -> {
            BodyCollector collector = new BodyCollector(maxBytes, memory);
            collector.expect(expectedBytes);
            return stream.<byte[]>handle((buffer, sink) -> collector.add(buffer))
                    .then(Mono.fromSupplier(collector::finished));
        });
    }

    private void expect(long expectedBytes) {
        if (expectedBytes > maxBytes) {
            throw tooLarge(maxBytes);
        }
        if (expectedBytes > 0) {
            memory.take(expectedBytes);
            bytes = new byte[(int) expectedBytes];
        }
    }

    private void add(DataBuffer buffer) {
        try {
            int more = buffer.readableByteCount();
            if (more > maxBytes - length) {
                throw tooLarge(maxBytes);
            }
            room(length + more);
            buffer.read(bytes, length, more);
            length += more;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void room(int needed) {
        if (needed > bytes.length) {
            int larger = (int) Math.min(maxBytes,
                    Math.max(needed, Math.max(FIRST_BYTES, 2L * bytes.length)));
            memory.take(larger - bytes.length);
            bytes = Arrays.copyOf(bytes, larger);
        }
    }

    static PayloadException tooLarge(int maxBytes) {
        return new PayloadException(new PayloadFailure.TooLarge(maxBytes));
    }

    private byte[] finished() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
