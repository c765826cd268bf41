package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.benchmarks.http.Message;
import java.time.Clock;
import java.util.Map;

/** Makes signed HTTP/1.1 requests to one service of one endpoint. Not safe for threads. */
public final class SignedRequests {
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final byte[] NOTHING = new byte[0];

    private final SigV4Signer signer;
    private final Clock clock;

    /** Signs for this service of that endpoint. */
    public SignedRequests(Endpoint endpoint, String service, Clock clock) {
        this.signer = new SigV4Signer(endpoint, service);
        this.clock = clock;
    }

    /** A request without a body. */
    public Message of(String method, String path) {
        return of(method, path, Map.of(), NOTHING);
    }

    /** A request with a body. */
    Message of(String method, String path, Map<String, String> headers, byte[] body) {
        return Message.of(head(method, path,
                signer.sign(method, path, headers, body, clock.instant()), body.length), body);
    }

    /** A GET with a query, which is canonical. */
    Message query(String path, String query) {
        Map<String, String> signed = signer.sign(
                new SigV4Signer.Request("GET", path, query, Map.of(), UNSIGNED), clock.instant());
        return Message.of(head("GET", path + "?" + query, signed, 0), NOTHING);
    }

    /** The head of a PUT of that many bytes, which are not signed. */
    public Message headOfPut(String path, Map<String, String> headers, long length) {
        Map<String, String> signed = signer.sign(
                new SigV4Signer.Request("PUT", path, "", headers, UNSIGNED), clock.instant());
        return Message.of(head("PUT", path, signed, length), NOTHING);
    }

    private static String head(String method, String target, Map<String, String> headers,
            long length) {
        StringBuilder head = new StringBuilder(512).append(method).append(' ').append(target)
                .append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("content-length: ").append(length).append("\r\n\r\n").toString();
    }

    /** A call of a JSON protocol. */
    Message json(String version, String target, String body) {
        return of("POST", "/", Map.of("content-type", "application/x-amz-json-" + version,
                "x-amz-target", target), body.getBytes(UTF_8));
    }
}
