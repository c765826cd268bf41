package io.quorate.s3.http;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.operation.UploadedBody;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The file of a form upload, with the checksums and the length that the form says. Taken once. */
final class FormBody implements UploadedBody {
    private final AwsExchange exchange;
    private final Flux<byte[]> file;
    private final FormPolicy.Range range;
    private final Map<ChecksumAlgorithm, Checksum> running = new EnumMap<>(
            ChecksumAlgorithm.class);
    private final Map<ChecksumAlgorithm, byte[]> expected = new EnumMap<>(
            ChecksumAlgorithm.class);
    private long length;

    /** @param exchange the form, whose fields are headers */
    FormBody(AwsExchange exchange, Flux<byte[]> file, FormPolicy.Range range) {
        this.exchange = exchange;
        this.file = file;
        this.range = range;
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            String value = exchange.head().header(algorithm.header());
            if (value != null) {
                expected.put(algorithm, decoded(algorithm, value));
                running.put(algorithm, algorithm.newChecksum());
            }
        }
    }

    private static byte[] decoded(ChecksumAlgorithm algorithm, String base64) {
        try {
            byte[] value = Base64.getDecoder().decode(base64.strip());
            if (value.length == algorithm.length()) {
                return value;
            }
        } catch (IllegalArgumentException noBase64) {
            throw new PayloadException(new PayloadFailure.ChecksumInvalid(algorithm));
        }
        throw new PayloadException(new PayloadFailure.ChecksumInvalid(algorithm));
    }

    @Override
    public Mono<byte[]> collected() {
        DataBufferFactory buffers = exchange.response().bufferFactory();
        return exchange.collect(verified().map(buffers::wrap), Body.MAX_ROW_BYTES);
    }

    @Override
    public Flux<ByteBuffer> streamed() {
        return verified().map(ByteBuffer::wrap);
    }

    private Flux<byte[]> verified() {
        return file.doOnNext(this::count).concatWith(Mono.defer(() -> {
            verify();
            return Mono.empty();
        }));
    }

    private void count(byte[] bytes) {
        length += bytes.length;
        if (length > range.most()) {
            range.check(length);
        }
        running.values().forEach(checksum -> checksum.update(ByteBuffer.wrap(bytes)));
    }

    private void verify() {
        range.check(length);
        running.forEach((algorithm, checksum) -> {
            byte[] wanted = expected.get(algorithm);
            if (wanted == null || !MessageDigest.isEqual(wanted, checksum.digest())) {
                throw new PayloadException(new PayloadFailure.ChecksumMismatch(algorithm));
            }
        });
        if (length == 0 && range.least() > 0) {
            throw new S3Exception(S3Error.BELOW_MINIMUM);
        }
    }

    @Override
    public Optional<StoredChecksum> checksum() {
        return expected.entrySet().stream()
                .filter(one -> one.getKey() != ChecksumAlgorithm.MD5)
                .map(one -> new StoredChecksum(one.getKey().header(),
                        Base64.getEncoder().encodeToString(one.getValue())))
                .findFirst();
    }
}
