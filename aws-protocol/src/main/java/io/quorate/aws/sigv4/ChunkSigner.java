package io.quorate.aws.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import javax.crypto.Mac;

/**
 * Walks the chain of chunk signatures of one body, each over the one before. Source: Amazon S3 API
 * reference, "Signature calculations: transferring payload in multiple chunks". Not thread-safe.
 */
public final class ChunkSigner {
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final ChunkSigning signing;
    private final Mac mac;
    private String previous;

    ChunkSigner(ChunkSigning signing) {
        this.signing = signing;
        this.mac = signing.key().newMac();
        this.previous = signing.seedSignature();
    }

    /** Whether the signature is the next chunk's; if so, the chain moves on. */
    public boolean acceptChunk(byte[] chunkSha256, String signature) {
        return accept("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_SHA256 + "\n" + Hex.of(chunkSha256),
                signature);
    }

    /** Whether the signature is the trailing headers'. */
    public boolean acceptTrailer(byte[] trailerSha256, String signature) {
        return accept("AWS4-HMAC-SHA256-TRAILER", Hex.of(trailerSha256), signature);
    }

    private boolean accept(String kind, String hashes, String signature) {
        String toSign = kind + "\n" + signing.timestamp() + "\n" + signing.key().scope() + "\n"
                + previous + "\n" + hashes;
        byte[] expected = mac.doFinal(toSign.getBytes(StandardCharsets.US_ASCII));
        byte[] given = Hex.parse(signature);
        if (!MessageDigest.isEqual(expected, given)) {
            return false;
        }
        previous = signature;
        return true;
    }
}
