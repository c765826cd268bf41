package io.quorate.s3.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A part as the client names it.
 *
 * @param number its number
 * @param etag its ETag with quotes
 * @param checksum its checksum, if the client says it
 */
public record NamedPart(int number, String etag, Optional<StoredChecksum> checksum) {
    /** Whether it is that part. */
    public boolean names(Part part) {
        return etag.equals(part.etag()) && checksum.map(said -> part.checksum()
                .filter(sum -> sum.header().equals(said.header())
                        && isSame(sum.base64(), said.base64()))
                .isPresent()).orElse(true);
    }

    /** Whether two digests are the same; a composite one may be said without its number of parts. */
    public static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(bare(one), bare(other));
    }

    private static byte[] bare(String digest) {
        int dash = digest.indexOf('-');
        return (dash < 0 ? digest : digest.substring(0, dash)).getBytes(StandardCharsets.UTF_8);
    }
}
