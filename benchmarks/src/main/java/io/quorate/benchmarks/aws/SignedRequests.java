package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.benchmarks.http.Message;
import java.time.Clock;
import java.util.Map;

/** Makes signed HTTP/1.1 requests to one service of one endpoint. Not safe for threads. */
final class SignedRequests {
    private static final byte[] NOTHING = new byte[0];

    private final SigV4Signer signer;
    private final Clock clock;

    SignedRequests(Endpoint endpoint, String service, Clock clock) {
        this.signer = new SigV4Signer(endpoint, service);
        this.clock = clock;
    }

    /** A request without a body. */
    Message of(String method, String path) {
        return of(method, path, Map.of(), NOTHING);
    }

    /** A request with a body. */
    Message of(String method, String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(512).append(method).append(' ').append(path)
                .append(" HTTP/1.1\r\n");
        signer.sign(method, path, headers, body, clock.instant()).forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        return Message.of(head.toString(), body);
    }

    /** A call of a JSON protocol. */
    Message json(String version, String target, String body) {
        return of("POST", "/", Map.of("content-type", "application/x-amz-json-" + version,
                "x-amz-target", target), body.getBytes(UTF_8));
    }
}
