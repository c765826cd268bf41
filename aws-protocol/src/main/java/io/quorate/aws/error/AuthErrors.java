package io.quorate.aws.error;

import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.AuthFailure;

/**
 * How each service spells a refused signature. Sources: Amazon S3 API reference, "List of error
 * codes"; DynamoDB developer guide, "Error handling"; SQS API reference, "Common errors".
 */
public final class AuthErrors {
    private static final String MISMATCH = "The request signature we calculated does not match the"
            + " signature you provided. Check your AWS Secret Access Key and signing method."
            + " Consult the service documentation for details.";
    private static final String INVALID_TOKEN = "The security token included in the request is invalid.";

    private AuthErrors() {}

    /** The error for the failure; the detail is used where AWS's own sentence has a variable part. */
    public static AwsError of(AwsService service, AuthFailure reason, String detail) {
        return switch (service) {
            case S3 -> s3(reason, detail);
            case SQS -> sqs(reason, detail);
            case DYNAMODB -> dynamoDb(reason, detail);
        };
    }

    private static AwsError s3(AuthFailure reason, String detail) {
        return switch (reason) {
            case MISSING_AUTHENTICATION -> new AwsError("AccessDenied", 403, "Access Denied");
            case PRESIGNED_EXPIRED, PRESIGNED_NOT_YET_VALID, DATE_INVALID ->
                new AwsError("AccessDenied", 403, detail);
            case HEADERS_NOT_SIGNED -> new AwsError("AccessDenied", 403, detail);
            case INCOMPLETE_SIGNATURE, MALFORMED_AUTHORIZATION, CREDENTIAL_SCOPE_INVALID ->
                new AwsError("AuthorizationHeaderMalformed", 400,
                        "The authorization header is malformed; " + detail);
            case MALFORMED_PRESIGNED_QUERY ->
                new AwsError("AuthorizationQueryParametersError", 400, detail);
            case UNSUPPORTED_ALGORITHM, CONTENT_HASH_MISSING ->
                new AwsError("InvalidRequest", 400, detail);
            case SEVERAL_AUTHENTICATIONS, CONTENT_HASH_INVALID ->
                new AwsError("InvalidArgument", 400, detail);
            case UNKNOWN_ACCESS_KEY -> new AwsError("InvalidAccessKeyId", 403,
                    "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", detail);
            case TOKEN_REFUSED -> new AwsError("InvalidToken", 400, detail);
            case SIGNATURE_MISMATCH -> new AwsError("SignatureDoesNotMatch", 403,
                    "The request signature we calculated does not match the signature you"
                            + " provided. Check your key and signing method.");
            case REQUEST_TIME_SKEWED -> new AwsError("RequestTimeTooSkewed", 403, detail);
            case MALFORMED_REQUEST -> new AwsError("InvalidURI", 400,
                    "Couldn't parse the specified URI.");
        };
    }

    private static AwsError sqs(AuthFailure reason, String detail) {
        return switch (reason) {
            case MISSING_AUTHENTICATION -> sqs("MissingAuthenticationToken", 403,
                    "Request is missing Authentication Token");
            case INCOMPLETE_SIGNATURE, MALFORMED_AUTHORIZATION, MALFORMED_PRESIGNED_QUERY,
                    UNSUPPORTED_ALGORITHM, SEVERAL_AUTHENTICATIONS, DATE_INVALID,
                    CONTENT_HASH_MISSING, CONTENT_HASH_INVALID ->
                sqs("IncompleteSignature", 400, detail);
            case UNKNOWN_ACCESS_KEY, TOKEN_REFUSED ->
                sqs("InvalidClientTokenId", 403, INVALID_TOKEN);
            case SIGNATURE_MISMATCH -> sqs("SignatureDoesNotMatch", 403, MISMATCH);
            case REQUEST_TIME_SKEWED, PRESIGNED_EXPIRED, PRESIGNED_NOT_YET_VALID,
                    CREDENTIAL_SCOPE_INVALID, HEADERS_NOT_SIGNED ->
                sqs("SignatureDoesNotMatch", 403, detail);
            case MALFORMED_REQUEST -> sqs("MalformedQueryString", 404, detail);
        };
    }

    private static AwsError sqs(String code, int status, String message) {
        return new AwsError("com.amazon.coral.service#" + code, code, status, message);
    }

    private static AwsError dynamoDb(AuthFailure reason, String detail) {
        return switch (reason) {
            case MISSING_AUTHENTICATION -> coral("MissingAuthenticationTokenException",
                    "Request is missing Authentication Token");
            case INCOMPLETE_SIGNATURE, MALFORMED_AUTHORIZATION, MALFORMED_PRESIGNED_QUERY,
                    UNSUPPORTED_ALGORITHM, SEVERAL_AUTHENTICATIONS, DATE_INVALID,
                    CONTENT_HASH_MISSING, CONTENT_HASH_INVALID ->
                coral("IncompleteSignatureException", detail);
            case UNKNOWN_ACCESS_KEY, TOKEN_REFUSED ->
                coral("UnrecognizedClientException", INVALID_TOKEN);
            case SIGNATURE_MISMATCH -> coral("InvalidSignatureException", MISMATCH);
            case REQUEST_TIME_SKEWED, PRESIGNED_EXPIRED, PRESIGNED_NOT_YET_VALID,
                    CREDENTIAL_SCOPE_INVALID, HEADERS_NOT_SIGNED ->
                coral("InvalidSignatureException", detail);
            case MALFORMED_REQUEST -> coral("SerializationException", detail);
        };
    }

    private static AwsError coral(String name, String message) {
        return new AwsError("com.amazon.coral.service#" + name, 400, message);
    }
}
