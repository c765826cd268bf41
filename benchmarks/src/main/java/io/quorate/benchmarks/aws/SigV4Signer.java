package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
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
 * Signs requests by Signature Version 4 in the Authorization header (IAM user guide, "Create a signed
 * AWS API request"). Keeps the derived key of a day, its Mac and its digest. Paths must be made of
 * characters that need no escape. Not safe for threads.
 */
final class SigV4Signer {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter
            .ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

    private final Endpoint endpoint;
    private final String service;
    private final Mac mac;
    private final MessageDigest sha256;
    private String keyDate = "";
    private SecretKeySpec key = new SecretKeySpec(new byte[]{0}, "HmacSHA256");
    private long timestampSecond = Long.MIN_VALUE;
    private String timestamp = "";

    SigV4Signer(Endpoint endpoint, String service) {
        this.endpoint = endpoint;
        this.service = service;
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256 and SHA-256", e);
        }
    }

    /**
     * What is signed.
     *
     * @param query canonical: sorted, escaped, with an equals sign each
     * @param headers further headers that are signed, names in lower case
     * @param payload what stands for the body: its digest in hex, or UNSIGNED-PAYLOAD
     */
    record Request(String method, String path, String query, Map<String, String> headers,
            String payload) {}

    /** All headers of a request without a query, signed. */
    SortedMap<String, String> sign(String method, String path, Map<String, String> headers,
            byte[] body, Instant now) {
        return sign(new Request(method, path, "", headers, HEX.formatHex(sha256.digest(body))),
                now);
    }

    /** All headers of the request, signed. */
    SortedMap<String, String> sign(Request request, Instant now) {
        String time = timestampOf(now);
        String payload = request.payload();
        SortedMap<String, String> signed = new TreeMap<>(request.headers());
        signed.put("host", endpoint.authority());
        signed.put("x-amz-date", time);
        if (service.equals("s3")) {
            signed.put("x-amz-content-sha256", payload);
        }
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder(512);
        canonical.append(request.method()).append('\n').append(request.path()).append('\n')
                .append(request.query()).append('\n');
        signed.forEach((name, value) -> canonical.append(name).append(':').append(value)
                .append('\n'));
        canonical.append('\n').append(names).append('\n').append(payload);
        String scope = time.substring(0, 8) + "/" + endpoint.region() + "/" + service
                + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + HEX.formatHex(sha256.digest(canonical.toString().getBytes(UTF_8)));
        String signature = HEX.formatHex(hmac(keyOf(time.substring(0, 8)), toSign));
        signed.put("authorization", "AWS4-HMAC-SHA256 Credential=" + endpoint.accessKey() + "/"
                + scope + ", SignedHeaders=" + names + ", Signature=" + signature);
        return signed;
    }

    private String timestampOf(Instant now) {
        if (now.getEpochSecond() != timestampSecond) {
            timestampSecond = now.getEpochSecond();
            timestamp = TIMESTAMP.format(now);
        }
        return timestamp;
    }

    private SecretKeySpec keyOf(String date) {
        if (!date.equals(keyDate)) {
            SecretKeySpec secret = hmacKey(("AWS4" + endpoint.secretKey()).getBytes(UTF_8));
            key = hmacKey(hmac(hmacKey(hmac(hmacKey(hmac(hmacKey(hmac(secret, date)),
                    endpoint.region())), service)), "aws4_request"));
            keyDate = date;
        }
        return key;
    }

    private byte[] hmac(SecretKeySpec with, String text) {
        try {
            mac.init(with);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("an HMAC takes any key", e);
        }
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static SecretKeySpec hmacKey(byte[] bytes) {
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
