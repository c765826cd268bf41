package io.quorate.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.SdkSigner.Signed;
import io.quorate.aws.sigv4.Verification.Refused;
import io.quorate.aws.sigv4.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.SdkHttpMethod;

/** What the AWS SDK signs is accepted as what it is. */
class SdkSignatureTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final byte[] BODY = "some body".getBytes(StandardCharsets.UTF_8);

    private final SigV4Verifier verifier = Published.verifier();

    @ParameterizedTest
    @ValueSource(strings = {"/bucket", "/bucket/", "/bucket/a/b", "/bucket//a//b",
        "/bucket/./a/../b",
        "/bucket/with%20space", "/bucket/plus%2Bplus", "/bucket/%E2%82%AC%F0%9F%98%80",
        "/bucket/a~b_c-d.e", "/bucket/%25zz", "/bucket/key%3Fwith%26all%3D"})
    void s3PathsAreSignedAsSent(String path) {
        Signed signed = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.PUT,
                "http://127.0.0.1:4566" + path, BODY, request -> {});

        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.region()).isEqualTo("eu-central-1");
                    assertThat(verified.rule())
                            .isInstanceOf(PayloadRule.SignedBody.class);
                });
    }

    @Test
    void aSlashThatTheHttpClientEscapedAfterSigningIsASlash() {
        Signed signed = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.PUT,
                "http://127.0.0.1:4566/bucket/a//b", BODY, request -> {});
        AwsRequestHead sent = new AwsRequestHead("PUT", "/bucket/a/%2Fb", "",
                signed.head().headers());

        assertThat(verifier.verify(sent, AwsService.S3, NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void queryAndHeadersInEveryShapeAreAccepted() {
        Signed signed = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.GET,
                "http://localhost:4566/bucket", new byte[0],
                request -> request.putRawQueryParameter("list-type", "2")
                        .putRawQueryParameter("prefix", "ä /+&=~*'()")
                        .putRawQueryParameter("delimiter", "/")
                        .putRawQueryParameter("empty", "")
                        .putRawQueryParameter("acl", (String) null)
                        .appendRawQueryParameter("twice", "b").appendRawQueryParameter("twice", "a")
                        .putHeader("x-amz-meta-spaces", "  a   b  ")
                        .appendHeader("x-amz-meta-many", "one")
                        .appendHeader("x-amz-meta-many", "two")
                        .putHeader("x-amz-meta-empty", ""));

        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW))
                .isInstanceOf(Verified.class);
    }

    @Test
    void presignedUrlIsAcceptedUntilItsLifetimeIsOver() {
        Signed signed = new SdkSigner(AwsService.S3, NOW).unsignedPayload()
                .presigned(Duration.ofMinutes(5)).sign(SdkHttpMethod.GET,
                        "http://localhost:4566/bucket/a%20key", new byte[0],
                        request -> request.putRawQueryParameter("versionId", "v 1"));

        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW.plusSeconds(300)))
                .isInstanceOfSatisfying(Verified.class, verified -> assertThat(verified.rule())
                        .isEqualTo(new PayloadRule.UnsignedBody()));
        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW.plusSeconds(301)))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(AuthFailure.PRESIGNED_EXPIRED));
        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW.minusSeconds(901)))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(AuthFailure.PRESIGNED_NOT_YET_VALID));
    }

    @Test
    void framingOfTheBodyIsTakenFromTheSignedHead() {
        SdkHttpMethod put = SdkHttpMethod.PUT;
        String uri = "http://localhost:4566/bucket/key";

        assertThat(rule(new SdkSigner(AwsService.S3, NOW).chunked().sign(put, uri, BODY, r -> {})))
                .isInstanceOfSatisfying(PayloadRule.SignedChunks.class,
                        chunks -> assertThat(chunks.trailer()).isFalse());
        assertThat(rule(new SdkSigner(AwsService.S3, NOW).chunked()
                .trailing(DefaultChecksumAlgorithm.CRC32).sign(put, uri, BODY, r -> {})))
                .isInstanceOfSatisfying(PayloadRule.SignedChunks.class,
                        chunks -> assertThat(chunks.trailer()).isTrue());
        assertThat(rule(new SdkSigner(AwsService.S3, NOW).chunked().unsignedPayload()
                .trailing(DefaultChecksumAlgorithm.CRC32)
                .sign(SdkHttpMethod.PUT, "https://localhost:4566/bucket/key", BODY, r -> {})))
                .isEqualTo(new PayloadRule.UnsignedChunksWithTrailer());
    }

    @ParameterizedTest
    @EnumSource(value = AwsService.class, names = {"SQS", "DYNAMODB"})
    void signatureOverTheBodyIsDecidedOnceTheBodyIsThere(AwsService service) {
        Signed signed = new SdkSigner(service, NOW).sign(SdkHttpMethod.POST,
                "http://localhost:4566/000000000000/queue.fifo", BODY,
                request -> request.putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("X-Amz-Target", "Service.Action"));

        Verification first = verifier.verify(signed.head(), service, NOW);

        assertThat(first).isInstanceOfSatisfying(Verification.AwaitsBody.class, pending -> {
            assertThat(pending.decide(BODY)).isInstanceOf(Verified.class);
            assertThat(pending.decide("some other".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(AuthFailure.SIGNATURE_MISMATCH));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "//a//b/", "/a%20b/./c", "/%C3%A4/x"})
    void pathsOfOtherServicesAreNormalizedAndEncodedTwice(String path) {
        Signed signed = new SdkSigner(AwsService.SQS, NOW).sign(SdkHttpMethod.POST,
                "http://localhost:4566" + path, BODY, request -> {});

        assertThat(verifier.verify(signed.head(), AwsService.SQS, NOW)).isInstanceOfSatisfying(
                Verification.AwaitsBody.class,
                pending -> assertThat(pending.decide(BODY)).isInstanceOf(Verified.class));
    }

    @Test
    void derivedKeyIsKeptOnlyForRightSignatures() {
        Signed signed = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.GET,
                "http://localhost:4566/bucket", new byte[0], request -> {});
        AwsRequestHead wrong = Tampering.withHeader(signed.head(), "authorization",
                value -> value.substring(0, value.length() - 1) + "x");

        assertThat(verifier.verify(wrong, AwsService.S3, NOW)).isInstanceOf(Refused.class);
        assertThat(verifier.keptKeys()).isZero();
        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW))
                .isInstanceOf(Verified.class);
        assertThat(verifier.verify(signed.head(), AwsService.S3, NOW))
                .isInstanceOf(Verified.class);
        assertThat(verifier.keptKeys()).isEqualTo(1);
    }

    private PayloadRule rule(Signed signed) {
        return ((Verified) verifier.verify(signed.head(), AwsService.S3, NOW)).rule();
    }
}
