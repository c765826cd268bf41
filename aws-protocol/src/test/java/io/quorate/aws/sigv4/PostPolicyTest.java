package io.quorate.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.sigv4.Verification.Refused;
import io.quorate.aws.sigv4.Verification.Verified;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The example of the Amazon S3 API reference, "Browser-based upload using HTTP POST". */
class PostPolicyTest {
    private static final Instant NOW = Instant.parse("2015-12-29T00:00:00Z");
    private static final String POLICY = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsN"
            + "CiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRo"
            + "IiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0K"
            + "ICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tl"
            + "dC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0"
            + "cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1"
            + "aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRp"
            + "b24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAi"
            + "Il0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAx"
            + "NTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGht"
            + "IjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAw"
            + "MDAwWiIgfQ0KICBdDQp9";
    private static final String SIGNATURE = "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e";

    private final SigV4Verifier verifier = Published.verifier();

    @Test
    void publishedPolicyIsAccepted() {
        assertThat(verifier.verifyPolicy(post(POLICY, "s3", SIGNATURE), NOW))
                .isInstanceOfSatisfying(Verified.class,
                        verified -> assertThat(verified.identity()).isEqualTo(Published.IDENTITY));
    }

    @Test
    void everyCharOfThePolicyAndItsSignatureIsCovered() {
        for (String policy : Tampering.flips(POLICY)) {
            assertRefused(AuthFailure.SIGNATURE_MISMATCH, post(policy, "s3", SIGNATURE), NOW);
        }
        for (String signature : Tampering.flips(SIGNATURE)) {
            assertRefused(AuthFailure.SIGNATURE_MISMATCH, post(POLICY, "s3", signature), NOW);
        }
    }

    @Test
    void scopeAndAgeAreChecked() {
        PostPolicy right = post(POLICY, "s3", SIGNATURE);

        assertRefused(AuthFailure.CREDENTIAL_SCOPE_INVALID, post(POLICY, "sqs", SIGNATURE), NOW);
        assertRefused(AuthFailure.PRESIGNED_EXPIRED, right, NOW.plusSeconds(604_801));
        assertRefused(AuthFailure.PRESIGNED_NOT_YET_VALID, right, NOW.minusSeconds(901));
    }

    private void assertRefused(AuthFailure reason, PostPolicy post, Instant now) {
        assertThat(verifier.verifyPolicy(post, now)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static PostPolicy post(String policy, String service, String signature) {
        return new PostPolicy("AWS4-HMAC-SHA256",
                "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/" + service + "/aws4_request",
                "20151229T000000Z", policy, signature, null);
    }
}
