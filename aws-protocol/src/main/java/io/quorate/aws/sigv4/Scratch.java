package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** What one thread reuses to compute signatures. */
final class Scratch {
    private final Mac mac = SigningKey.newMacInstance();
    private final MessageDigest sha256 = newSha256();
    private final Bytes bytes = new Bytes();
    private @Nullable SigningKey macKey;

    byte[] signature(AwsRequestHead head, AwsService service, Claim claim, String payloadHash,
            SigningKey key) {
        bytes.clear();
        CanonicalRequest.write(head, service, claim, payloadHash, bytes);
        bytes.updateTo(sha256);
        byte[] requestHash = sha256.digest();
        bytes.clear();
        bytes.latin1(ClaimParser.ALGORITHM).newLine().latin1(claim.timestamp().text()).newLine()
                .latin1(key.scope()).newLine().hex(requestHash);
        return sign(key);
    }

    /** The signature over a text that is the string to sign itself. */
    byte[] signature(String text, SigningKey key) {
        bytes.clear();
        bytes.latin1(text);
        return sign(key);
    }

    private byte[] sign(SigningKey key) {
        // After doFinal a Mac is ready for the next text under the same key.
        if (macKey != key) {
            macKey = null;
            key.initialize(mac);
            macKey = key;
        }
        bytes.updateTo(mac);
        return mac.doFinal();
    }

    String sha256Hex(byte[] body) {
        return Hex.of(sha256.digest(body));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
