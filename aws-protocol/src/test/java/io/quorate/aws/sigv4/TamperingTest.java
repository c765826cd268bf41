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
import software.amazon.awssdk.http.SdkHttpMethod;

/** No signed byte can be changed. */
class TamperingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final byte[] BODY = "some body".getBytes(StandardCharsets.UTF_8);

    private final SigV4Verifier verifier = Published.verifier();
    private final AwsRequestHead put = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.PUT,
            "http://localhost:4566/bucket/some%20key", BODY,
            request -> request.putRawQueryParameter("partNumber", "7")
                    .putRawQueryParameter("uploadId", "abc def")
                    .putHeader("x-amz-meta-color", "blue"))
            .head();

    @Test
    void untouchedRequestIsAccepted() {
        assertThat(verify(put)).isInstanceOf(Verified.class);
    }

    @Test
    void everyByteOfMethodPathAndQueryIsCovered() {
        for (String method : Tampering.flips(put.method())) {
            assertRefused(new AwsRequestHead(method, put.rawPath(), put.rawQuery(), put.headers()));
        }
        for (String path : Tampering.flips(put.rawPath())) {
            assertRefused(new AwsRequestHead(put.method(), path, put.rawQuery(), put.headers()));
        }
        for (String query : Tampering.flips(put.rawQuery())) {
            assertRefused(new AwsRequestHead(put.method(), put.rawPath(), query, put.headers()));
        }
    }

    @Test
    void everyByteOfEverySignedHeaderIsCovered() {
        for (String name : put.headers().names()) {
            for (String value : Tampering.flips(put.headers().all(name).getFirst())) {
                assertRefused(Tampering.withHeader(put, name, old -> value));
            }
        }
    }

    @Test
    void signedHeaderCannotBeDroppedOrDoubled() {
        for (String name : put.headers().names()) {
            if (!name.equalsIgnoreCase("Authorization")) {
                assertRefused(Tampering.without(put, name));
            }
        }
        assertRefused(Tampering.withAdded(put, "x-amz-meta-color", "red"));
    }

    @Test
    void amazonHeaderCannotBeAdded() {
        AwsRequestHead more = Tampering.withAdded(put, "x-amz-acl", "public-read");

        assertThat(verify(more)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason())
                        .isEqualTo(AuthFailure.HEADERS_NOT_SIGNED));
    }

    @Test
    void everyByteOfPresignedUrlIsCovered() {
        AwsRequestHead get = new SdkSigner(AwsService.S3, NOW).unsignedPayload()
                .presigned(Duration.ofMinutes(5)).sign(SdkHttpMethod.GET,
                        "http://localhost:4566/bucket/key", new byte[0], request -> {})
                .head();
        assertThat(verify(get)).isInstanceOf(Verified.class);

        for (String query : Tampering.flips(get.rawQuery())) {
            AwsRequestHead changed = new AwsRequestHead(get.method(), get.rawPath(), query,
                    get.headers());
            assertThat(verify(changed)).as(query).isNotInstanceOf(Verified.class);
        }
        assertRefused(new AwsRequestHead(get.method(), get.rawPath(),
                get.rawQuery() + "&versionId=1", get.headers()));
    }

    @Test
    void everyByteOfTheBodyIsCovered() {
        Signed signed = new SdkSigner(AwsService.DYNAMODB, NOW).sign(SdkHttpMethod.POST,
                "http://localhost:4566/", BODY,
                request -> request.putHeader("X-Amz-Target", "DynamoDB_20120810.GetItem"));

        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] body = BODY.clone();
            body[bit / 8] ^= (byte) (1 << bit % 8);
            Verification pending = verifier.verify(signed.head(), AwsService.DYNAMODB, NOW);
            assertThat(((Verification.AwaitsBody) pending).decide(body))
                    .isInstanceOf(Refused.class);
        }
    }

    private void assertRefused(AwsRequestHead head) {
        assertThat(verify(head)).as("%s", head).isInstanceOf(Refused.class);
    }

    private Verification verify(AwsRequestHead head) {
        return verifier.verify(head, AwsService.S3, NOW);
    }
}
