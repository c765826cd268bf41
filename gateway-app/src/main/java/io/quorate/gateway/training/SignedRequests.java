package io.quorate.gateway.training;

import io.quorate.gateway.config.KeySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends requests signed with Signature Version 4 and waits for their answers. Source: IAM user
 * guide, "Create a signed AWS API request". Not for several threads.
 */
final class SignedRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REGION = "us-east-1";
    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HttpClient client;
    private final String authority;
    private final KeySettings key;

    SignedRequests(HttpClient client, int port, KeySettings key) {
        this.client = client;
        this.authority = "127.0.0.1:" + port;
        this.key = key;
    }

    /**
     * Sends one request; its query, if any, must be in canonical form.
     *
     * @return the status
     */
    int send(String service, String method, String target, Map<String, String> headers,
            String body) throws IOException, InterruptedException, GeneralSecurityException {
        byte[] payload = body.getBytes(StandardCharsets.UTF_8);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", authority);
        signed.put("x-amz-date", DATE.format(Instant.now()));
        signed.put("x-amz-content-sha256", hex(sha256(payload)));
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://" + authority + target))
                .timeout(PATIENCE).version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(payload));
        signed.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        request.header("authorization", authorization(service, method, target, signed));
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String authorization(String service, String method, String target,
            SortedMap<String, String> headers) throws GeneralSecurityException {
        String[] pathAndQuery = target.split("\\?", 2);
        StringBuilder canonical = new StringBuilder(method + '\n' + pathAndQuery[0] + '\n'
                + (pathAndQuery.length == 2 ? pathAndQuery[1] : "") + '\n');
        headers.forEach((name, value) -> canonical.append(name).append(':').append(value)
                .append('\n'));
        String names = String.join(";", headers.keySet());
        canonical.append('\n').append(names).append('\n')
                .append(headers.get("x-amz-content-sha256"));
        String date = String.valueOf(headers.get("x-amz-date"));
        String scope = date.substring(0, 8) + '/' + REGION + '/' + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + date + '\n' + scope + '\n'
                + hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        byte[] signingKey = ("AWS4" + key.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            signingKey = hmac(signingKey, part);
        }
        return "AWS4-HMAC-SHA256 Credential=" + key.accessKey() + '/' + scope + ", SignedHeaders="
                + names + ", Signature=" + hex(hmac(signingKey, toSign));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
