package io.quorate.aws.checksum;

import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums of S3, with the header or trailer that carries each. */
public enum ChecksumAlgorithm {
    CRC32("x-amz-checksum-crc32", 4), CRC32C("x-amz-checksum-crc32c", 4), CRC64NVME(
            "x-amz-checksum-crc64nvme",
            8), SHA1("x-amz-checksum-sha1", 20), SHA256("x-amz-checksum-sha256", 32), MD5(
                    "content-md5", 16);

    private final String header;
    private final int length;

    ChecksumAlgorithm(String header, int length) {
        this.header = header;
        this.length = length;
    }

    /** The lower-case name of the header that carries the value in base64. */
    public String header() {
        return header;
    }

    /** The value's length in bytes. */
    public int length() {
        return length;
    }

    /** A new computation. */
    public Checksum newChecksum() {
        return switch (this) {
            case CRC32 -> new JdkCrc(new CRC32());
            case CRC32C -> new JdkCrc(new CRC32C());
            case CRC64NVME -> new Crc64Nvme();
            case SHA1 -> new JdkDigest("SHA-1");
            case SHA256 -> new JdkDigest("SHA-256");
            case MD5 -> new JdkDigest("MD5");
        };
    }

    /** The algorithm whose header this is, without case. */
    public static Optional<ChecksumAlgorithm> ofHeader(String name) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.header.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
