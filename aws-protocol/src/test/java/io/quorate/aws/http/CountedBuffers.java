package io.quorate.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;

/** Reference-counted buffers as the server's, which remember whether they were all released. */
final class CountedBuffers {
    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(
            UnpooledByteBufAllocator.DEFAULT);
    private final List<ByteBuf> handedOut = new ArrayList<>();

    /** The bytes in buffers of the given size, made when they are asked for. */
    Flux<DataBuffer> flux(byte[] bytes, int size) {
        return Flux.<DataBuffer, Integer>generate(() -> 0, (from, sink) -> {
            if (from >= bytes.length) {
                sink.complete();
                return from;
            }
            int length = Math.min(size, bytes.length - from);
            // A lead that is already read, as in a buffer that held the head of the request.
            ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(length + 3);
            buffer.writeZero(3).writeBytes(bytes, from, length).skipBytes(3);
            handedOut.add(buffer);
            sink.next(factory.wrap(buffer));
            return from + length;
        });
    }

    int made() {
        return handedOut.size();
    }

    void assertAllReleased() {
        assertThat(handedOut).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }
}
