package io.quorate.aws.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.chunked.AwsChunkedDecoder;
import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.sigv4.PayloadRule;
import java.nio.ByteBuffer;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The payload of one request: decodes, verifies and hands on its buffers. This is the one place
 * that releases buffers which the subscriber does not get. Can be streamed once; not thread-safe.
 */
final class Payload {
    private static final AwsHeaders NO_TRAILERS = AwsHeaders.of();
    private static final int PARTS_AHEAD = 1;

    private final AwsRequestHead head;
    private final PayloadRule rule;
    private AwsHeaders trailers = NO_TRAILERS;
    private PayloadDigests digests = PayloadDigests.NONE;
    private boolean taken;

    Payload(AwsRequestHead head, PayloadRule rule) {
        this.head = head;
        this.rule = rule;
    }

    AwsHeaders trailers() {
        return trailers;
    }

    PayloadDigests digests() {
        return digests;
    }

    /** The payload's length as the head says it, or -1. */
    long length() {
        String name = isChunked() ? "x-amz-decoded-content-length" : "content-length";
        String text = head.header(name);
        return text == null || !isNumber(text) ? -1 : Long.parseLong(text);
    }

    /** The verified payload out of the raw body. */
    Flux<DataBuffer> stream(Flux<DataBuffer> raw, Set<ChecksumAlgorithm> wanted) {
        return Flux.defer(() -> {
            if (taken) {
                return Flux.error(new IllegalStateException("a body can be taken once"));
            }
            taken = true;
            PayloadVerifier verifier = new PayloadVerifier(head, rule, wanted);
            return isChunked() ? chunked(raw, verifier) : plain(raw, verifier);
        });
    }

    private Flux<DataBuffer> plain(Flux<DataBuffer> raw, PayloadVerifier verifier) {
        long[] received = {0};
        return raw.map(buffer -> {
            received[0] += buffer.readableByteCount();
            return verified(buffer, verifier);
        }).concatWith(Mono.defer(() -> {
            long promised = length();
            if (promised >= 0 && promised != received[0]) {
                throw new PayloadException(
                        new PayloadFailure.Incomplete("the body is not as long as promised"));
            }
            digests = verifier.finish(NO_TRAILERS);
            return Mono.empty();
        }));
    }

    private Flux<DataBuffer> chunked(Flux<DataBuffer> raw, PayloadVerifier verifier) {
        if (length() < 0) {
            throw new PayloadException(new PayloadFailure.MissingLength());
        }
        AwsChunkedDecoder decoder = new AwsChunkedDecoder(rule, length());
        ChunkedStream stream = new ChunkedStream(decoder);
        return raw.concatMapIterable(stream::payload, PARTS_AHEAD)
                .map(part -> verified(part, verifier)).concatWith(Mono.defer(() -> {
                    decoder.finish();
                    trailers = decoder.trailers();
                    digests = verifier.finish(trailers);
                    return Mono.empty();
                })).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    private static DataBuffer verified(DataBuffer buffer, PayloadVerifier verifier) {
        if (verifier.computesNothing()) {
            return buffer;
        }
        try (DataBuffer.ByteBufferIterator each = buffer.readableByteBuffers()) {
            while (each.hasNext()) {
                verifier.update(each.next());
            }
            return buffer;
        } catch (RuntimeException e) {
            DataBufferUtils.release(buffer);
            throw e;
        }
    }

    /** Checks a body that was collected and hashed before, by what else the head says of it. */
    void verifyCollected(byte[] body) {
        taken = true;
        PayloadVerifier verifier = new PayloadVerifier(head,
                new PayloadRule.UnsignedBody(), Set.of());
        if (!verifier.computesNothing()) {
            verifier.update(ByteBuffer.wrap(body));
            digests = verifier.finish(NO_TRAILERS);
        }
    }

    private boolean isChunked() {
        return switch (rule) {
            case PayloadRule.SignedChunks chunks -> true;
            case PayloadRule.UnsignedChunksWithTrailer chunks -> true;
            case PayloadRule.SignedBody body -> false;
            case PayloadRule.UnsignedBody body -> false;
        };
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
