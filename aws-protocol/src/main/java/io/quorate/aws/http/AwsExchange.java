package io.quorate.aws.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.error.AwsError;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.policy.ConditionKeys;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.PostPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One verified request and its answer. The body can be taken once, by {@link #body} or by
 * {@link #bodyStream}; failures of both are {@link io.quorate.aws.payload.PayloadException}s. How
 * long the server waits for a client that sends nothing is the HTTP server's read timeout.
 *
 * <p>Belongs to one request; not thread-safe, but handed safely along its pipeline.
 */
public interface AwsExchange {
    /** The request's head as it was sent. */
    AwsRequestHead head();

    /** The decoded query. */
    QueryParameters query();

    AwsService service();

    /** Who signed; {@link Identity#ANONYMOUS} only if the handler accepts unsigned requests. */
    Identity identity();

    /** The region of the credential scope; "" for an unsigned request. */
    String region();

    RequestId requestId();

    ServerHttpRequest request();

    ServerHttpResponse response();

    /**
     * The length of the payload as the head says it: {@code x-amz-decoded-content-length} of a
     * chunked body, else {@code Content-Length}; -1 if it does not.
     */
    long payloadLength();

    /**
     * The whole payload, decoded, and verified by everything that the request says of it: payload
     * hash, chunk and trailer signatures, checksum headers and trailers, Content-MD5. Its bytes
     * count against the memory for bodies until the exchange ends.
     *
     * @param maxBytes the most this operation takes; more fails with {@code TooLarge}
     */
    Mono<byte[]> body(int maxBytes);

    /**
     * All bytes of a part of the body, which the caller took out of the stream. They count against the
     * memory for bodies until the exchange ends.
     *
     * @param maxBytes more fails with {@code TooLarge}
     */
    default Mono<byte[]> collect(Flux<DataBuffer> part, int maxBytes) {
        throw new UnsupportedOperationException("this exchange has no memory for bodies");
    }

    /**
     * This exchange as of who signed a form upload's policy, which is all that is signed of it.
     *
     * @throws io.quorate.aws.error.AwsErrorException if the signature does not hold
     */
    default AwsExchange signedBy(PostPolicy post) {
        throw new UnsupportedOperationException("this exchange has no forms");
    }

    /** {@link #bodyStream(Set)} without further checksums. */
    default Flux<DataBuffer> bodyStream() {
        return bodyStream(Set.of());
    }

    /**
     * The payload as it comes, decoded. It is right only if the stream completes: nothing that was
     * taken from it may be made visible before. The subscriber releases the buffers it gets; those
     * it does not get are released here. Honours back-pressure.
     *
     * @param wanted checksums to compute on the way besides those the request itself asks to check
     */
    Flux<DataBuffer> bodyStream(Set<ChecksumAlgorithm> wanted);

    /** The trailing headers, once the body was taken to its end; empty if none came. */
    AwsHeaders trailers();

    /** What was computed and checked on the way, once the body was taken to its end. */
    PayloadDigests digests();

    /** Whether the identity may do the action ({@code s3:PutObject}) on the resource. */
    boolean authorize(String action, String resourceArn);

    /**
     * What the request says under the names that conditions of policies ask for: those that every
     * service has. Source: IAM user guide, "AWS global condition context keys".
     */
    default ConditionKeys conditionKeys() {
        return new RequestKeys(this);
    }

    /** Says which action this turned out to be; metrics and the access log read it. */
    void action(String action);

    /** The action, or "Unknown" as long as nobody said it. */
    String action();

    /** Says with which error code this was answered; {@link #respondError} does so itself. */
    void errorCode(String code);

    @Nullable
    String errorCode();

    /**
     * Answers with one write and its Content-Length (DynamoDB: and x-amz-crc32).
     *
     * @param contentType null if there is no body
     */
    Mono<Void> respond(int status, @Nullable String contentType, byte[] body);

    /** Answers with the error in the envelope that the client reads. */
    Mono<Void> respondError(AwsError error);
}
