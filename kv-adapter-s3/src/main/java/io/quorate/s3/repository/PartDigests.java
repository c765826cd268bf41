package io.quorate.s3.repository;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.checksum.CrcCombination;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.Upload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The digests of an object that is made of parts. Source: S3 user guide, "Checking object integrity",
 * composite and full object checksums. Pure functions.
 */
final class PartDigests {
    private PartDigests() {}

    /** The ETag without its quotes: the MD5 of the parts' MD5s, and how many there are. */
    static String etag(List<Part> parts) {
        Checksum md5 = ChecksumAlgorithm.MD5.newChecksum();
        parts.forEach(part -> md5.update(ByteBuffer.wrap(HexFormat.of().parseHex(part.md5()))));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    /** The object's checksum; empty if the parts have none of one algorithm. */
    static Optional<StoredChecksum> checksum(List<Part> parts, Upload.Checksums asked) {
        Optional<String> header = asked.header()
                .or(() -> parts.getFirst().checksum().map(StoredChecksum::header));
        boolean all = header.isPresent() && parts.stream().allMatch(part -> part.checksum()
                .filter(sum -> sum.header().equals(header.get())).isPresent());
        if (!all) {
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHeader(header.get()).orElseThrow();
        return Optional.of(asked.fullObject()
                ? new StoredChecksum(algorithm.header(), base64(full(parts, algorithm)))
                : new StoredChecksum(algorithm.header(),
                        base64(composite(parts, algorithm)) + "-" + parts.size(), false));
    }

    private static byte[] composite(List<Part> parts, ChecksumAlgorithm algorithm) {
        Checksum ofAll = algorithm.newChecksum();
        parts.forEach(part -> ofAll.update(ByteBuffer.wrap(bytes(part))));
        return ofAll.digest();
    }

    private static byte[] full(List<Part> parts, ChecksumAlgorithm algorithm) {
        long crc = number(bytes(parts.getFirst()));
        for (Part part : parts.subList(1, parts.size())) {
            crc = CrcCombination.combine(algorithm, crc, number(bytes(part)),
                    part.body().length());
        }
        byte[] wide = ByteBuffer.allocate(Long.BYTES).putLong(crc).array();
        return Arrays.copyOfRange(wide, Long.BYTES - algorithm.length(), Long.BYTES);
    }

    private static byte[] bytes(Part part) {
        return Base64.getDecoder().decode(part.checksum().orElseThrow().base64());
    }

    private static long number(byte[] digest) {
        ByteBuffer wide = ByteBuffer.allocate(Long.BYTES);
        return wide.position(Long.BYTES - digest.length).put(digest).flip().getLong();
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
