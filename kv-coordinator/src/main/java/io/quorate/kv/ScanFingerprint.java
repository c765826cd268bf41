package io.quorate.kv;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A 128-bit digest of which keys a scan saw, at which versions, and whether it stopped early.
 *
 * @param high the first eight bytes of the digest
 * @param low the next eight
 */
public record ScanFingerprint(long high, long low) {
    /** Digests a page. Two pages with equal keys, versions and end are equal, others are not. */
    public static ScanFingerprint of(ScanPage page) {
        MessageDigest digest = sha256();
        ByteBuffer number = ByteBuffer.allocate(12);
        for (Versioned row : page.rows()) {
            number.clear().putInt(row.key().length()).putLong(row.version());
            digest.update(number.array());
            digest.update(row.key().shared());
        }
        digest.update((byte) (page.more() ? 1 : 0));
        ByteBuffer result = ByteBuffer.wrap(digest.digest());
        return new ScanFingerprint(result.getLong(), result.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
