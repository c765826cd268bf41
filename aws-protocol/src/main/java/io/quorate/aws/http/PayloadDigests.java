package io.quorate.aws.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The checksums of one payload. Immutable. */
public final class PayloadDigests {
    /** The checksums of a payload of which none was computed. */
    public static final PayloadDigests NONE = new PayloadDigests(Map.of());

    private final Map<ChecksumAlgorithm, byte[]> values;

    PayloadDigests(Map<ChecksumAlgorithm, byte[]> values) {
        this.values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
    }

    /** The value in base64, as S3's checksum headers carry it. */
    public Optional<String> base64(ChecksumAlgorithm algorithm) {
        return Optional.ofNullable(values.get(algorithm)).map(Base64.getEncoder()::encodeToString);
    }

    /** The value in lower-case hex, as ETags carry MD5. */
    public Optional<String> hex(ChecksumAlgorithm algorithm) {
        return Optional.ofNullable(values.get(algorithm)).map(HexFormat.of()::formatHex);
    }

    /** The value's bytes, a copy. */
    public Optional<byte[]> bytes(ChecksumAlgorithm algorithm) {
        return Optional.ofNullable(values.get(algorithm)).map(byte[]::clone);
    }
}
