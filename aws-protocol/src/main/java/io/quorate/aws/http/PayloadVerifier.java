package io.quorate.aws.http;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.sigv4.PayloadRule;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the checksums of one payload as it passes, each once and only those that someone asked
 * for, and compares them at its end with what the head and the trailer say. Not thread-safe.
 */
final class PayloadVerifier {
    private final Map<ChecksumAlgorithm, Checksum> running = new EnumMap<>(ChecksumAlgorithm.class);
    private final Map<ChecksumAlgorithm, byte[]> expected = new EnumMap<>(ChecksumAlgorithm.class);
    private final Set<ChecksumAlgorithm> announced = EnumSet.noneOf(ChecksumAlgorithm.class);
    private final byte @Nullable [] signedSha256;

    /**
     * A verifier for one body.
     *
     * @throws PayloadException if a checksum in the head is no checksum of its kind
     */
    PayloadVerifier(AwsRequestHead request, PayloadRule rule, Set<ChecksumAlgorithm> wanted) {
        wanted.forEach(this::compute);
        AwsHeaders head = request.headers();
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            String value = head.first(algorithm.header());
            if (value != null && isOfTheBody(request, algorithm)) {
                expect(algorithm, value);
            }
        }
        for (String trailer : head.all("x-amz-trailer")) {
            for (String name : trailer.toLowerCase(Locale.ROOT).split(",")) {
                ChecksumAlgorithm.ofHeader(name.trim()).ifPresent(algorithm -> {
                    announced.add(algorithm);
                    compute(algorithm);
                });
            }
        }
        this.signedSha256 = rule instanceof PayloadRule.SignedBody(String hex)
                ? HexFormat.of().parseHex(hex)
                : null;
        if (signedSha256 != null) {
            compute(ChecksumAlgorithm.SHA256);
        }
    }

    /** The checksum in a CompleteMultipartUpload is the object's; Content-MD5 is always the body's. */
    private static boolean isOfTheBody(AwsRequestHead request, ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.MD5 || !request.method().equals("POST")
                || !request.rawQuery().contains("uploadId=");
    }

    boolean computesNothing() {
        return running.isEmpty();
    }

    void update(ByteBuffer bytes) {
        for (Checksum checksum : running.values()) {
            checksum.update(bytes.duplicate());
        }
    }

    /**
     * Compares everything.
     *
     * @throws PayloadException if something is not as it was said
     */
    PayloadDigests finish(AwsHeaders trailers) {
        for (ChecksumAlgorithm algorithm : announced) {
            String value = trailers.first(algorithm.header());
            if (value == null) {
                throw new PayloadException(
                        new PayloadFailure.TrailerMissing(algorithm.header()));
            }
            expect(algorithm, value);
        }
        Map<ChecksumAlgorithm, byte[]> values = new EnumMap<>(ChecksumAlgorithm.class);
        running.forEach((algorithm, checksum) -> values.put(algorithm, checksum.digest()));
        byte[] sha256 = values.get(ChecksumAlgorithm.SHA256);
        if (signedSha256 != null && !MessageDigest.isEqual(signedSha256, sha256)) {
            throw new PayloadException(new PayloadFailure.HashMismatch());
        }
        expected.forEach((algorithm, value) -> {
            if (!MessageDigest.isEqual(value, values.get(algorithm))) {
                throw new PayloadException(new PayloadFailure.ChecksumMismatch(algorithm));
            }
        });
        return new PayloadDigests(values);
    }

    private void compute(ChecksumAlgorithm algorithm) {
        running.computeIfAbsent(algorithm, ChecksumAlgorithm::newChecksum);
    }

    private void expect(ChecksumAlgorithm algorithm, String base64) {
        byte[] value = decode(base64);
        if (value.length != algorithm.length()) {
            throw new PayloadException(new PayloadFailure.ChecksumInvalid(algorithm));
        }
        compute(algorithm);
        byte[] other = expected.put(algorithm, value);
        if (other != null && !MessageDigest.isEqual(other, value)) {
            throw new PayloadException(new PayloadFailure.ChecksumMismatch(algorithm));
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
