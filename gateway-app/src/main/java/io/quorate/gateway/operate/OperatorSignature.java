package io.quorate.gateway.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.gateway.config.KeySettings;
import io.quorate.kv.peer.service.AdminClient;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of one request of an operator: HMAC-SHA256 with the secret of an access key over scheme, method, time,
 * key, a number used once and the digest of the request's bytes, each on a line. Safe for any thread.
 */
public final class OperatorSignature {
    static final String KEY = "quorate-access-key";
    static final String DATE = "quorate-date";
    static final String NONCE = "quorate-nonce";
    static final String SIGNATURE = "quorate-signature";
    private static final String SCHEME = "QUORATE-OPERATOR-HMAC-SHA256";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int NONCE_BYTES = 16;

    private OperatorSignature() {}

    /**
     * What a signature is about.
     *
     * @param method full name, {@code quorate.admin.v1.Admin/RemoveMember}
     * @param date milliseconds since the epoch, as sent
     * @param nonce used once, as sent
     */
    record Signed(String method, String date, String nonce) {}

    /** Signs with a key. */
    public static AdminClient.Signer with(KeySettings key, Clock clock, SecureRandom random) {
        return (method, message) -> {
            byte[] once = new byte[NONCE_BYTES];
            random.nextBytes(once);
            Signed about = new Signed(method, Long.toString(clock.millis()),
                    HexFormat.of().formatHex(once));
            return Map.of(KEY, key.accessKey(), DATE, about.date(), NONCE, about.nonce(),
                    SIGNATURE, HexFormat.of().formatHex(sign(key, about, message)));
        };
    }

    /** The signature itself, 32 bytes. */
    static byte[] sign(KeySettings key, Signed about, byte[] message) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(message));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secretKey().getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(String.join("\n", SCHEME, about.method(), about.date(),
                    key.accessKey(), about.nonce(), digest).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
