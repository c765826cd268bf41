package io.quorate.aws.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.PayloadRule;
import io.quorate.aws.sigv4.Published;
import io.quorate.aws.sigv4.SdkSigner;
import io.quorate.aws.sigv4.SdkSigner.Signed;
import io.quorate.aws.sigv4.Verification;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.SdkHttpMethod;

class AwsChunkedDecoderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final PayloadRule UNSIGNED = new PayloadRule.UnsignedChunksWithTrailer();

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 131_072, 300_000})
    void whatTheSdkFramesIsDecodedInEveryForm(int length) {
        byte[] payload = random(length, 7);
        for (Signed signed : everyForm(payload)) {
            assertThat(Bodies.decode(decoder(signed, length), signed.body())).isEqualTo(payload);
        }
    }

    @Test
    void sdkTrailerIsHandedOn() {
        Signed signed = everyForm(random(1000, 7))[1];
        AwsChunkedDecoder decoder = decoder(signed, 1000);

        Bodies.decode(decoder, signed.body());

        assertThat(decoder.trailers().first("x-amz-checksum-crc32")).hasSize(8);
    }

    @Test
    void anySplitOfTheInputGivesTheSameOutput() {
        byte[] payload = random(700, 3);
        for (Signed signed : everyForm(payload)) {
            byte[] body = signed.body();
            int[] everywhere = IntStream.range(1, body.length).toArray();
            assertThat(Bodies.decode(decoder(signed, 700), body, everywhere)).isEqualTo(payload);
            for (int cut = 0; cut <= body.length; cut++) {
                assertThat(Bodies.decode(decoder(signed, 700), body, cut)).isEqualTo(payload);
            }
            for (int seed = 0; seed < 200; seed++) {
                int[] cuts = new Random(seed).ints(5, 0, body.length + 1).sorted().toArray();
                assertThat(Bodies.decode(decoder(signed, 700), body, cuts)).as("seed %s", seed)
                        .isEqualTo(payload);
            }
        }
    }

    @Test
    void everyByteOfSignedBodyIsCovered() {
        byte[] payload = random(60, 5);
        Signed signed = everyForm(payload)[1];
        for (int at = 0; at < signed.body().length; at++) {
            byte[] changed = signed.body().clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> Bodies.decode(decoder(signed, 60), changed))
                    .as("byte %s", at).isInstanceOf(PayloadException.class);
        }
    }

    @Test
    void truncatedBodyIsIncomplete() {
        Signed signed = everyForm(random(100, 5))[0];
        for (int length = 0; length < signed.body().length; length++) {
            byte[] part = Arrays.copyOf(signed.body(), length);
            assertThatThrownBy(() -> Bodies.decode(decoder(signed, 100), part))
                    .isInstanceOfSatisfying(PayloadException.class,
                            e -> assertThat(e.failure())
                                    .isInstanceOf(PayloadFailure.Incomplete.class));
        }
    }

    @Test
    void decodedLengthMustBeAsPromised() {
        assertFails("3\r\nabc\r\n0\r\n\r\n", 4, PayloadFailure.Incomplete.class);
        assertFails("3\r\nabc\r\n0\r\n\r\n", 2, PayloadFailure.Incomplete.class);
        assertFails("7fffffffffffffff\r\n", 2, PayloadFailure.Malformed.class);
        assertFails("7ffffffffffffff\r\n", 2, PayloadFailure.Incomplete.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "-1\r\n", "3\nabc", "3\r\nabcd\r\n", "3\r\nabc\n",
        "3\r\nabc\r\n0\r\nno colon\r\n\r\n", "3\r\nabc\r\n0\r\n:x\r\n\r\n",
        "3\r\nabc\r\n0\r\n\r\nmore", "3\r\nabc\r\n0\r\na:1\r\na:2\r\n\r\n"})
    void brokenFramingIsMalformed(String body) {
        assertFails(body, 3, PayloadFailure.Malformed.class);
    }

    @Test
    void linesAndTrailersAreBounded() {
        String longLine = "3;" + "x".repeat(AwsChunkedDecoder.MAX_LINE_BYTES) + "\r\n";
        StringBuilder many = new StringBuilder("0\r\n");
        for (int i = 0; i <= AwsChunkedDecoder.MAX_TRAILERS; i++) {
            many.append("h").append(i).append(":v\r\n");
        }
        StringBuilder large = new StringBuilder("0\r\n");
        for (int i = 0; i <= 8; i++) {
            large.append("h").append(i).append(":").append("v".repeat(1000)).append("\r\n");
        }

        assertFails(longLine, 3, PayloadFailure.Malformed.class);
        assertFails(many.append("\r\n").toString(), 0, PayloadFailure.Malformed.class);
        assertFails(large.append("\r\n").toString(), 0, PayloadFailure.Malformed.class);
    }

    @Test
    void signedChunkWithoutSignatureIsMalformed() {
        Signed signed = everyForm(new byte[3])[0];

        assertThatThrownBy(() -> Bodies.decode(decoder(signed, 3),
                Bodies.concat("3\r\nabc\r\n0\r\n\r\n")))
                .isInstanceOfSatisfying(PayloadException.class,
                        e -> assertThat(e.failure())
                                .isInstanceOf(PayloadFailure.Malformed.class));
    }

    @Test
    void ruleThatIsNotAboutChunksIsRefused() {
        assertThatThrownBy(() -> new AwsChunkedDecoder(new PayloadRule.UnsignedBody(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Signed chunks; signed chunks with a trailer; unsigned chunks with a trailer. */
    private static Signed[] everyForm(byte[] payload) {
        return new Signed[]{sign(new SdkSigner(AwsService.S3, NOW).chunked(), "http", payload),
            sign(new SdkSigner(AwsService.S3, NOW).chunked()
                    .trailing(DefaultChecksumAlgorithm.CRC32), "http", payload),
            sign(new SdkSigner(AwsService.S3, NOW).chunked().unsignedPayload()
                    .trailing(DefaultChecksumAlgorithm.CRC32), "https", payload)};
    }

    private static Signed sign(SdkSigner signer, String scheme, byte[] payload) {
        return signer.sign(SdkHttpMethod.PUT, scheme + "://localhost:4566/bucket/key", payload,
                request -> {});
    }

    private static AwsChunkedDecoder decoder(Signed signed, long length) {
        Verification verification = Published.verifier().verify(signed.head(), AwsService.S3, NOW);
        assertThat(signed.head().header("x-amz-decoded-content-length"))
                .isEqualTo(Long.toString(length));
        return new AwsChunkedDecoder(((Verification.Verified) verification).rule(), length);
    }

    private static void assertFails(String body, long decodedLength,
            Class<? extends PayloadFailure> failure) {
        AwsChunkedDecoder decoder = new AwsChunkedDecoder(UNSIGNED, decodedLength);
        assertThatThrownBy(() -> Bodies.decode(decoder, Bodies.concat(body))).as(body)
                .isInstanceOfSatisfying(PayloadException.class,
                        e -> assertThat(e.failure()).isInstanceOf(failure));
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
