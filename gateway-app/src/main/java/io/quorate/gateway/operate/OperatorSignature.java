package io.quorate.gateway.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.gateway.config.AccessSettings;
import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.KeySettings;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.peer.service.AdminClient;
import io.quorate.kv.peer.service.CallerAuthenticator;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks what operators ask of a node: HMAC-SHA256 with the secret of an access key over method,
 * time and key. It does not cover the body, so it is taken from this machine only; elsewhere an
 * operator shows a certificate. Safe for any thread.
 */
public final class OperatorSignature {
    private static final String KEY = "quorate-access-key";
    private static final String DATE = "quorate-date";
    private static final String SIGNATURE = "quorate-signature";
    private static final String ALGORITHM = "HmacSHA256";
    /** How far the two clocks may differ, and how long a signature can be repeated. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private OperatorSignature() {}

    /** Signs with a key. */
    public static AdminClient.Signer with(KeySettings key, Clock clock) {
        return method -> {
            String date = Long.toString(clock.millis());
            return Map.of(KEY, key.accessKey(), DATE, date, SIGNATURE,
                    sign(key, method, date));
        };
    }

    /**
     * Believes whoever shows a certificate of the cluster's authority, and on this machine whoever signs with
     * the key of an identity that may do everything.
     */
    public static CallerAuthenticator checker(AccessSettings access, Clock clock) {
        return call -> switch (call.certificate()) {
            case PeerCertificate.Shown(var names) -> Optional
                    .of(names.isEmpty() ? "certificate" : names.getFirst());
            case PeerCertificate.Missing missing -> signer(access, clock, call);
            case PeerCertificate.NotNeeded none -> signer(access, clock, call);
        };
    }

    private static Optional<String> signer(AccessSettings access, Clock clock,
            CallerAuthenticator.Presented call) {
        String date = call.headers().apply(DATE).orElse("");
        String given = call.headers().apply(SIGNATURE).orElse("");
        String accessKey = call.headers().apply(KEY).orElse("");
        if (!call.loopback() || !isRecent(date, clock)) {
            return Optional.empty();
        }
        for (IdentitySettings identity : access.identities()) {
            for (KeySettings key : identity.keys()) {
                if (key.accessKey().equals(accessKey)
                        && identity.grant() instanceof IdentitySettings.Grant.Admin
                        && MessageDigest.isEqual(given.getBytes(UTF_8),
                                sign(key, call.method(), date).getBytes(UTF_8))) {
                    return Optional.of(identity.name());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRecent(String date, Clock clock) {
        try {
            return Math.abs(clock.millis() - Long.parseLong(date)) <= MAX_AGE.toMillis();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String sign(KeySettings key, String method, String date) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secretKey().getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac
                    .doFinal((method + "\n" + date + "\n" + key.accessKey()).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
