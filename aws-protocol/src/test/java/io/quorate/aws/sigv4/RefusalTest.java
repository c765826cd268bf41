package io.quorate.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.Verification.Refused;
import io.quorate.aws.sigv4.Verification.Verified;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Each way to be refused before the signature counts. */
class RefusalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

    private final SigV4Verifier verifier = Published.verifier();
    private final AwsRequestHead signed = new SdkSigner(AwsService.S3, NOW)
            .sign(SdkHttpMethod.GET, "http://localhost:4566/bucket", new byte[0], request -> {})
            .head();

    @Test
    void unsignedRequestIsAnonymousAndItsBodyIsCheckedAsItSays() {
        AwsRequestHead unsigned = Tampering.without(signed, "authorization");

        assertThat(verify(unsigned)).isEqualTo(new Verification.Anonymous(
                new PayloadRule.SignedBody(Published.EMPTY_SHA256)));
        assertThat(verify(Tampering.without(unsigned, "x-amz-content-sha256")))
                .isEqualTo(new Verification.Anonymous(new PayloadRule.UnsignedBody()));
        assertThat(verify(Tampering.withHeader(unsigned, "x-amz-content-sha256",
                old -> "STREAMING-UNSIGNED-PAYLOAD-TRAILER")))
                .isEqualTo(new Verification.Anonymous(
                        new PayloadRule.UnsignedChunksWithTrailer()));
        assertRefused(AuthFailure.CONTENT_HASH_INVALID, Tampering.withHeader(unsigned,
                "x-amz-content-sha256", old -> "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"));
    }

    @Test
    void otherAlgorithmsAreUnsupported() {
        assertRefused(AuthFailure.UNSUPPORTED_ALGORITHM, authorization("AWS AKID:c2lnbmF0dXJl"));
        assertRefused(AuthFailure.UNSUPPORTED_ALGORITHM,
                authorization("AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=b, Signature=c"));
        assertRefused(AuthFailure.UNSUPPORTED_ALGORITHM, new AwsRequestHead("GET", "/b",
                "AWSAccessKeyId=AKID&Signature=x&Expires=1", AwsHeaders.of("host", "localhost")));
    }

    @Test
    void missingPartIsAnIncompleteSignature() {
        assertRefused(AuthFailure.INCOMPLETE_SIGNATURE, authorization("AWS4-HMAC-SHA256"));
        assertRefused(AuthFailure.INCOMPLETE_SIGNATURE,
                authorization("AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, Signature=c"));
    }

    @Test
    void credentialWithTooFewPartsIsMalformed() {
        assertRefused(AuthFailure.MALFORMED_AUTHORIZATION, Tampering.withHeader(signed,
                "authorization", value -> value.replace("/eu-central-1", "")));
    }

    @Test
    void scopeOfAnotherServiceDateOrTerminatorIsInvalid() {
        assertRefused(AuthFailure.CREDENTIAL_SCOPE_INVALID, Tampering.withHeader(signed,
                "authorization", value -> value.replace("/s3/", "/sqs/")));
        assertRefused(AuthFailure.CREDENTIAL_SCOPE_INVALID, Tampering.withHeader(signed,
                "authorization", value -> value.replace("/20260301/", "/20260302/")));
        assertRefused(AuthFailure.CREDENTIAL_SCOPE_INVALID, Tampering.withHeader(signed,
                "authorization", value -> value.replace("aws4_request", "aws5_request")));
    }

    @Test
    void unknownKeyIsRefusedByItsId() {
        AwsRequestHead head = Tampering.withHeader(signed, "authorization",
                value -> value.replace(Published.KEY.id(), "AKIDNOBODY"));

        assertThat(verify(head))
                .isEqualTo(new Refused(AuthFailure.UNKNOWN_ACCESS_KEY, "AKIDNOBODY"));
    }

    @Test
    void dateMayBeFifteenMinutesOff() {
        assertThat(verifyAt(NOW.plusSeconds(900))).isInstanceOf(Verified.class);
        assertThat(verifyAt(NOW.minusSeconds(900))).isInstanceOf(Verified.class);
        assertReason(AuthFailure.REQUEST_TIME_SKEWED, verifyAt(NOW.plusSeconds(901)));
        assertReason(AuthFailure.REQUEST_TIME_SKEWED, verifyAt(NOW.minusSeconds(901)));
    }

    @Test
    void dateThatIsMissingOrNoDateIsInvalid() {
        assertRefused(AuthFailure.DATE_INVALID, Tampering.without(signed, "x-amz-date"));
        for (String date : List.of("2026-03-01T12:34:56Z", "20261301T000000Z", "20260301T250000Z",
                "20260301T12345Z", "")) {
            assertRefused(AuthFailure.DATE_INVALID,
                    Tampering.withHeader(signed, "x-amz-date", value -> date));
        }
    }

    @Test
    void hostMustBeSigned() {
        assertRefused(AuthFailure.HEADERS_NOT_SIGNED, Tampering.withHeader(signed,
                "authorization", value -> value.replace("SignedHeaders=host;", "SignedHeaders=")));
    }

    @Test
    void targetMustBeSigned() {
        AwsRequestHead post = new SdkSigner(AwsService.DYNAMODB, NOW).sign(SdkHttpMethod.POST,
                "http://localhost:4566/", new byte[0], request -> {}).head();
        AwsRequestHead aimed = Tampering.withAdded(post, "X-Amz-Target",
                "DynamoDB_20120810.DeleteTable");

        assertReason(AuthFailure.HEADERS_NOT_SIGNED,
                verifier.verify(aimed, AwsService.DYNAMODB, NOW));
    }

    @Test
    void s3NeedsTheContentHash() {
        AwsRequestHead without = Tampering.withHeader(
                Tampering.without(signed, "x-amz-content-sha256"), "authorization",
                value -> value.replace("x-amz-content-sha256;", ""));

        assertRefused(AuthFailure.CONTENT_HASH_MISSING, without);
        for (String hash : List.of("", "STREAMING", Published.EMPTY_SHA256.toUpperCase(Locale.ROOT),
                Published.EMPTY_SHA256 + "00")) {
            assertRefused(AuthFailure.CONTENT_HASH_INVALID,
                    Tampering.withHeader(signed, "x-amz-content-sha256", value -> hash));
        }
    }

    @Test
    void tokenIsRefusedUnlessItIsConfigured() {
        AwsRequestHead temporary = new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.GET,
                "http://localhost:4566/bucket", new byte[0],
                request -> request.putHeader("X-Amz-Security-Token", "token")).head();
        SigV4Verifier configured = new SigV4Verifier(IdentityDirectory
                .of(List.of(new Credentials(Published.KEY, "token", Published.IDENTITY))));
        SigV4Verifier other = new SigV4Verifier(IdentityDirectory
                .of(List.of(new Credentials(Published.KEY, "other", Published.IDENTITY))));

        assertRefused(AuthFailure.TOKEN_REFUSED, temporary);
        assertReason(AuthFailure.TOKEN_REFUSED, other.verify(temporary, AwsService.S3, NOW));
        assertReason(AuthFailure.TOKEN_REFUSED, configured.verify(signed, AwsService.S3, NOW));
        assertThat(configured.verify(temporary, AwsService.S3, NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void headerAndQueryCannotBothSign() {
        assertRefused(AuthFailure.SEVERAL_AUTHENTICATIONS, new AwsRequestHead("GET", "/bucket",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256", signed.headers()));
    }

    @Test
    void presignedQueryMustBeWholeAndAtMostAWeekLong() {
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
                + "%2F20260301%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T123456Z"
                + "&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=00";

        assertReason(AuthFailure.SIGNATURE_MISMATCH, presigned(query));
        for (String wrong : List.of(query.replace("604800", "604801"),
                query.replace("604800", "-1"),
                query.replace("604800", "99999999999"), query.replace("604800", ""),
                query.replace("T123456Z", ""), query.replace("&X-Amz-SignedHeaders=host", ""),
                query.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"),
                query.replace("%2Fs3%2F", "%2F"))) {
            assertReason(AuthFailure.MALFORMED_PRESIGNED_QUERY, presigned(wrong));
        }
    }

    @Test
    void queryThatCannotBeDecodedIsMalformed() {
        assertRefused(AuthFailure.MALFORMED_REQUEST,
                new AwsRequestHead("GET", "/bucket", "a=%zz", signed.headers()));
    }

    private Verification presigned(String query) {
        return verify(new AwsRequestHead("GET", "/bucket", query,
                AwsHeaders.of("host", "localhost:4566")));
    }

    private AwsRequestHead authorization(String value) {
        return Tampering.withHeader(signed, "authorization", old -> value);
    }

    private Verification verifyAt(Instant now) {
        return verifier.verify(signed, AwsService.S3, now);
    }

    private Verification verify(AwsRequestHead head) {
        return verifier.verify(head, AwsService.S3, NOW);
    }

    private void assertRefused(AuthFailure reason, AwsRequestHead head) {
        assertReason(reason, verify(head));
    }

    private static void assertReason(AuthFailure reason, Verification verification) {
        assertThat(verification).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
