package io.quorate.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.aws.identity.AccessKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of one call of the key-value service, as docs/kv-service.md has it: HMAC-SHA256 with the secret of
 * an access key over what is called, when, by whom and with what. Safe for any thread.
 */
public final class CallSignature {
    static final String KEY = "quorate-access-key";
    static final String DATE = "quorate-date";
    static final String SIGNATURE = "quorate-signature";
    static final String TOKEN = "quorate-session-token";
    private static final String SCHEME = "QUORATE-HMAC-SHA256";
    private static final String ALGORITHM = "HmacSHA256";

    private CallSignature() {}

    /**
     * The headers that prove a call.
     *
     * @param method full name, {@code quorate.kv.v1.Kv/Put}
     * @param message the request's bytes as they are sent
     */
    public static Map<String, String> headers(AccessKey key, String method, byte[] message,
            Instant now) {
        String date = Long.toString(now.toEpochMilli());
        return Map.of(KEY, key.id(), DATE, date, SIGNATURE,
                HexFormat.of().formatHex(sign(key, method, date, message)));
    }

    /** The signature itself, 32 bytes. */
    static byte[] sign(AccessKey key, String method, String date, byte[] message) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(message));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secret().getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(String.join("\n", SCHEME, method, date, key.id(), hash)
                    .getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
