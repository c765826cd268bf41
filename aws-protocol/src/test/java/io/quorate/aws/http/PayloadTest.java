package io.quorate.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.PayloadRule;
import io.quorate.aws.sigv4.Published;
import io.quorate.aws.sigv4.SdkSigner;
import io.quorate.aws.sigv4.SdkSigner.Signed;
import io.quorate.aws.sigv4.Verification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.SdkHttpMethod;

class PayloadTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final byte[] BYTES = random(5000);
    private static final String NUMBERS = "123456789";

    private final CountedBuffers buffers = new CountedBuffers();

    @AfterEach
    void noBufferLeaks() {
        assertThat(buffers.made()).isPositive();
        buffers.assertAllReleased();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1000, 100_000})
    void chunkedBodyIsDecodedInBuffersOfAnySize(int size) {
        Signed signed = signedChunks();
        Payload payload = payload(signed);

        byte[] decoded = collect(payload.stream(buffers.flux(signed.body(), size),
                Set.of(ChecksumAlgorithm.MD5)));

        assertThat(decoded).isEqualTo(BYTES);
        assertThat(payload.trailers().first("x-amz-checksum-crc32"))
                .isEqualTo(payload.digests().base64(ChecksumAlgorithm.CRC32).orElseThrow());
        assertThat(payload.digests().hex(ChecksumAlgorithm.MD5)).isPresent();
        assertThat(payload.digests().hex(ChecksumAlgorithm.SHA1)).isEmpty();
    }

    @Test
    void changedChunkFailsTheStream() {
        Signed signed = signedChunks();
        signed.body()[3000] ^= 1;

        assertFails(payload(signed).stream(buffers.flux(signed.body(), 64), Set.of()),
                new PayloadFailure.ChunkSignatureMismatch());
    }

    @Test
    void cancelledStreamReleasesWhatItHolds() {
        Signed signed = signedChunks();

        StepVerifier.create(payload(signed).stream(buffers.flux(signed.body(), 64), Set.of()), 3)
                .consumeNextWith(DataBufferUtils::release)
                .consumeNextWith(DataBufferUtils::release).thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void buffersAreAskedForOnlyAsTheyAreTaken() {
        Signed signed = signedChunks();

        StepVerifier.create(payload(signed).stream(buffers.flux(signed.body(), 64), Set.of()), 0)
                .thenRequest(1).consumeNextWith(DataBufferUtils::release)
                .then(() -> assertThat(buffers.made()).isLessThan(8)).thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void signedHashOfTheBodyIsChecked() {
        String right = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
        PayloadRule rule = new PayloadRule.SignedBody(right);

        assertThat(collect(plain(rule).stream(numbers(), Set.of()))).hasSize(9);
        assertFails(plain(rule).stream(buffers.flux("123456788".getBytes(
                StandardCharsets.US_ASCII), 4), Set.of()), new PayloadFailure.HashMismatch());
    }

    @Test
    void checksumHeadersAreCheckedEachAgainstItsAlgorithm() {
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Payload computing = plain(new PayloadRule.UnsignedBody());
            collect(computing.stream(numbers(), Set.of(algorithm)));
            String right = computing.digests().base64(algorithm).orElseThrow();
            byte[] value = Base64.getDecoder().decode(right);
            value[0] ^= 1;
            String wrong = Base64.getEncoder().encodeToString(value);

            assertThat(collect(checked(algorithm, right))).hasSize(9);
            assertFails(checked(algorithm, wrong), new PayloadFailure.ChecksumMismatch(algorithm));
            assertFails(checked(algorithm, "AAAA"), new PayloadFailure.ChecksumInvalid(algorithm));
            assertFails(checked(algorithm, "?"), new PayloadFailure.ChecksumInvalid(algorithm));
        }
    }

    @Test
    void checksumOfAnAssembledObjectIsNotTakenForTheBodys() {
        AwsRequestHead complete = new AwsRequestHead("POST", "/bucket/key", "uploadId=abc",
                AwsHeaders.of("x-amz-checksum-crc32", "AAAAAA=="));
        AwsRequestHead delete = new AwsRequestHead("POST", "/bucket", "delete",
                AwsHeaders.of("x-amz-checksum-crc32", "AAAAAA=="));
        PayloadRule rule = new PayloadRule.UnsignedBody();

        assertThat(collect(new Payload(complete, rule).stream(numbers(), Set.of()))).hasSize(9);
        assertFails(new Payload(delete, rule).stream(numbers(), Set.of()),
                new PayloadFailure.ChecksumMismatch(ChecksumAlgorithm.CRC32));
    }

    @Test
    void trailerThatIsWrongOrMissingFailsTheStream() {
        assertThat(collect(trailing("x-amz-checksum-crc32:y/Q5Jg==\r\n"))).hasSize(9);
        assertFails(trailing("x-amz-checksum-crc32:y/Q5Jw==\r\n"),
                new PayloadFailure.ChecksumMismatch(ChecksumAlgorithm.CRC32));
        assertFails(trailing("x-other:1\r\n"),
                new PayloadFailure.TrailerMissing("x-amz-checksum-crc32"));
    }

    @Test
    void bodyThatIsShorterThanPromisedIsIncomplete() {
        Payload payload = new Payload(head("Content-Length", "10"), new PayloadRule.UnsignedBody());

        assertFails(payload.stream(numbers(), Set.of()),
                new PayloadFailure.Incomplete("the body is not as long as promised"));
    }

    @Test
    void chunkedBodyNeedsItsDecodedLength() {
        Payload payload = new Payload(head(), new PayloadRule.UnsignedChunksWithTrailer());

        assertFails(payload.stream(numbers(), Set.of()), new PayloadFailure.MissingLength());
        collect(numbers());
    }

    @Test
    void bodyCanBeTakenOnce() {
        Payload payload = plain(new PayloadRule.UnsignedBody());
        collect(payload.stream(numbers(), Set.of()));

        assertThatThrownBy(() -> collect(payload.stream(numbers(), Set.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    private Flux<DataBuffer> trailing(String trailer) {
        byte[] body = ("9\r\n" + NUMBERS + "\r\n0\r\n" + trailer + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        AwsRequestHead head = head("x-amz-decoded-content-length", "9", "x-amz-trailer",
                "x-amz-checksum-crc32");
        return new Payload(head, new PayloadRule.UnsignedChunksWithTrailer())
                .stream(buffers.flux(body, 10), Set.of());
    }

    private Flux<DataBuffer> checked(ChecksumAlgorithm algorithm, String value) {
        return new Payload(head(algorithm.header(), value), new PayloadRule.UnsignedBody())
                .stream(numbers(), Set.of());
    }

    private Flux<DataBuffer> numbers() {
        return buffers.flux(NUMBERS.getBytes(StandardCharsets.US_ASCII), 4);
    }

    private static Payload plain(PayloadRule rule) {
        return new Payload(head("Content-Length", "9"), rule);
    }

    private static AwsRequestHead head(String... headers) {
        return new AwsRequestHead("PUT", "/bucket/key", "", AwsHeaders.of(headers));
    }

    private static Signed signedChunks() {
        return new SdkSigner(AwsService.S3, NOW).chunked()
                .trailing(DefaultChecksumAlgorithm.CRC32)
                .sign(SdkHttpMethod.PUT, "http://localhost/bucket/key", BYTES, request -> {});
    }

    private static Payload payload(Signed signed) {
        Verification verification = Published.verifier().verify(signed.head(), AwsService.S3, NOW);
        return new Payload(signed.head(), ((Verification.Verified) verification).rule());
    }

    private static void assertFails(Flux<DataBuffer> stream, PayloadFailure failure) {
        assertThatThrownBy(() -> collect(stream)).isInstanceOfSatisfying(PayloadException.class,
                e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static byte[] collect(Flux<DataBuffer> stream) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream.doOnNext(buffer -> {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            out.writeBytes(bytes);
            DataBufferUtils.release(buffer);
        }).blockLast(Duration.ofSeconds(5));
        return out.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(9).nextBytes(bytes);
        return bytes;
    }
}
