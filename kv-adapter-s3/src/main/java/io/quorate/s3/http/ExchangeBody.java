package io.quorate.s3.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.http.AwsExchange;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.operation.UploadedBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The body of one exchange. The one place of this adapter that releases its buffers. */
final class ExchangeBody implements UploadedBody {
    private static final int BUFFERS_AHEAD = 1;

    private final AwsExchange exchange;

    ExchangeBody(AwsExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Mono<byte[]> collected() {
        return exchange.body(Body.MAX_ROW_BYTES);
    }

    @Override
    public Flux<ByteBuffer> streamed() {
        return exchange.bodyStream().concatMap(ExchangeBody::parts, BUFFERS_AHEAD)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    private static Flux<ByteBuffer> parts(DataBuffer buffer) {
        return Flux.using(() -> buffer, held -> Flux.using(held::readableByteBuffers,
                parts -> Flux.fromIterable(() -> parts), DataBuffer.ByteBufferIterator::close),
                DataBufferUtils::release);
    }

    @Override
    public Optional<StoredChecksum> checksum() {
        return Arrays.stream(ChecksumAlgorithm.values())
                .filter(algorithm -> algorithm != ChecksumAlgorithm.MD5 && isSent(algorithm))
                .flatMap(algorithm -> exchange.digests().base64(algorithm)
                        .map(value -> new StoredChecksum(algorithm.header(), value)).stream())
                .findFirst();
    }

    /** The hash of a signed payload is computed too, but nobody asked to keep that one. */
    private boolean isSent(ChecksumAlgorithm algorithm) {
        return exchange.head().header(algorithm.header()) != null
                || exchange.trailers().first(algorithm.header()) != null;
    }
}
