package io.quorate.aws.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.AuthFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The codes and statuses that AWS documents for refused signatures. */
class AuthErrorsTest {
    @ParameterizedTest
    @CsvSource({"MISSING_AUTHENTICATION, AccessDenied, 403",
        "UNKNOWN_ACCESS_KEY, InvalidAccessKeyId, 403",
        "SIGNATURE_MISMATCH, SignatureDoesNotMatch, 403",
        "REQUEST_TIME_SKEWED, RequestTimeTooSkewed, 403",
        "PRESIGNED_EXPIRED, AccessDenied, 403", "HEADERS_NOT_SIGNED, AccessDenied, 403",
        "CREDENTIAL_SCOPE_INVALID, AuthorizationHeaderMalformed, 400",
        "MALFORMED_PRESIGNED_QUERY, AuthorizationQueryParametersError, 400",
        "CONTENT_HASH_MISSING, InvalidRequest, 400",
        "CONTENT_HASH_INVALID, InvalidArgument, 400", "TOKEN_REFUSED, InvalidToken, 400"})
    void s3(AuthFailure failure, String code, int status) {
        assertError(AwsService.S3, failure, code, status);
    }

    @ParameterizedTest
    @CsvSource({"MISSING_AUTHENTICATION, MissingAuthenticationToken, 403",
        "INCOMPLETE_SIGNATURE, IncompleteSignature, 400",
        "UNKNOWN_ACCESS_KEY, InvalidClientTokenId, 403",
        "TOKEN_REFUSED, InvalidClientTokenId, 403",
        "SIGNATURE_MISMATCH, SignatureDoesNotMatch, 403",
        "REQUEST_TIME_SKEWED, SignatureDoesNotMatch, 403"})
    void sqs(AuthFailure failure, String code, int status) {
        assertError(AwsService.SQS, failure, code, status);
    }

    @ParameterizedTest
    @CsvSource({"MISSING_AUTHENTICATION, MissingAuthenticationTokenException, 400",
        "INCOMPLETE_SIGNATURE, IncompleteSignatureException, 400",
        "UNKNOWN_ACCESS_KEY, UnrecognizedClientException, 400",
        "SIGNATURE_MISMATCH, InvalidSignatureException, 400",
        "REQUEST_TIME_SKEWED, InvalidSignatureException, 400"})
    void dynamoDb(AuthFailure failure, String code, int status) {
        assertError(AwsService.DYNAMODB, failure, code, status);
    }

    @ParameterizedTest
    @EnumSource(AuthFailure.class)
    void everyFailureIsTheClientsInEveryService(AuthFailure failure) {
        for (AwsService service : AwsService.values()) {
            AwsError error = AuthErrors.of(service, failure, "detail");
            assertThat(error.status()).isBetween(400, 404);
            assertThat(error.message()).isNotBlank();
        }
    }

    private static void assertError(AwsService service, AuthFailure failure, String code,
            int status) {
        AwsError error = AuthErrors.of(service, failure, "detail");
        assertThat(error.shortCode()).isEqualTo(code);
        assertThat(error.queryCode()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
    }
}
