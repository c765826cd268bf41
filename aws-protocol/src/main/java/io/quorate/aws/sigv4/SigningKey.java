package io.quorate.aws.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key derived from a secret for one credential scope. Immutable; {@link #toString} hides the key.
 */
public final class SigningKey {
    static final String HMAC = "HmacSHA256";
    static final String TERMINATOR = "aws4_request";

    private final SecretKey key;
    private final String scope;

    private SigningKey(SecretKey key, String scope) {
        this.key = key;
        this.scope = scope;
    }

    /** Derives the key of a scope with four rounds of HMAC. */
    public static SigningKey derive(String secret, String date, String region, String service) {
        Mac mac = newMacInstance();
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[]{date, region, service, TERMINATOR}) {
            init(mac, new SecretKeySpec(key, HMAC));
            key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        String scope = date + "/" + region + "/" + service + "/" + TERMINATOR;
        return new SigningKey(new SecretKeySpec(key, HMAC), scope);
    }

    /** The scope as it stands in strings to sign. */
    public String scope() {
        return scope;
    }

    /** A new Mac that signs with this key. */
    Mac newMac() {
        Mac mac = newMacInstance();
        initialize(mac);
        return mac;
    }

    void initialize(Mac mac) {
        init(mac, key);
    }

    static Mac newMacInstance() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static void init(Mac mac, SecretKey key) {
        try {
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of bytes fits every HMAC", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + scope + "]";
    }
}
