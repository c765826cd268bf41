package io.quorate.aws.error;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.service.AwsService;

/** How each service spells a body that is wrong, and a server that cannot take one now. */
public final class PayloadErrors {
    private PayloadErrors() {}

    public static AwsError of(AwsService service, PayloadFailure failure) {
        return switch (service) {
            case S3 -> s3(failure);
            case SQS -> sqs(failure);
            case DYNAMODB -> dynamoDb(failure);
        };
    }

    private static AwsError s3(PayloadFailure failure) {
        return switch (failure) {
            case PayloadFailure.TooLarge f -> new AwsError("EntityTooLarge", 400,
                    "Your proposed upload exceeds the maximum allowed size")
                    .with("MaxSizeAllowed", Long.toString(f.limitBytes()));
            case PayloadFailure.TooManyBodies f -> CommonErrors.throttled(AwsService.S3);
            case PayloadFailure.HashMismatch f -> new AwsError("XAmzContentSHA256Mismatch", 400,
                    "The provided 'x-amz-content-sha256' header does not match what was"
                            + " computed.");
            case PayloadFailure.ChunkSignatureMismatch f -> signature();
            case PayloadFailure.TrailerSignatureMismatch f -> signature();
            case PayloadFailure.Malformed f -> new AwsError("InvalidRequest", 400,
                    "The chunked encoding of the body is invalid: " + f.detail());
            case PayloadFailure.Incomplete f -> new AwsError("IncompleteBody", 400,
                    "The request body terminated unexpectedly");
            case PayloadFailure.MissingLength f -> new AwsError("MissingContentLength", 411,
                    "You must provide the Content-Length HTTP header.");
            case PayloadFailure.ChecksumMismatch f -> new AwsError("BadDigest", 400,
                    f.algorithm() == ChecksumAlgorithm.MD5
                            ? "The Content-MD5 you specified did not match what we received."
                            : "The " + f.algorithm()
                                    + " you specified did not match the calculated checksum.");
            case PayloadFailure.ChecksumInvalid f -> f.algorithm() == ChecksumAlgorithm.MD5
                    ? new AwsError("InvalidDigest", 400,
                            "The Content-MD5 you specified was invalid.")
                    : new AwsError("InvalidRequest", 400,
                            "Value for " + f.algorithm().header() + " header is invalid.");
            case PayloadFailure.TrailerMissing f -> new AwsError("MalformedTrailerError", 400,
                    "The request contained trailing data that was not well-formed or did not"
                            + " conform to our published schema.");
        };
    }

    private static AwsError signature() {
        return new AwsError("SignatureDoesNotMatch", 403,
                "The request signature we calculated does not match the signature you provided."
                        + " Check your key and signing method.");
    }

    private static AwsError sqs(PayloadFailure failure) {
        return switch (failure) {
            case PayloadFailure.TooManyBodies f -> CommonErrors.throttled(AwsService.SQS);
            case PayloadFailure.TooLarge f -> new AwsError("InvalidParameterValue", 400,
                    "The request is longer than " + f.limitBytes() + " bytes.");
            case PayloadFailure.HashMismatch f -> new AwsError("SignatureDoesNotMatch", 403,
                    "The request signature we calculated does not match the signature you"
                            + " provided.");
            case PayloadFailure.Incomplete f -> malformedQuery(f.detail());
            case PayloadFailure.Malformed f -> malformedQuery(f.detail());
            case PayloadFailure.ChunkSignatureMismatch f -> malformedQuery("chunked body");
            case PayloadFailure.TrailerSignatureMismatch f -> malformedQuery("chunked body");
            case PayloadFailure.MissingLength f -> malformedQuery("chunked body");
            case PayloadFailure.ChecksumMismatch f -> malformedQuery("checksum");
            case PayloadFailure.ChecksumInvalid f -> malformedQuery("checksum");
            case PayloadFailure.TrailerMissing f -> malformedQuery("trailer");
        };
    }

    private static AwsError malformedQuery(String detail) {
        return new AwsError("MalformedInput", 400, "The request body is invalid: " + detail);
    }

    private static AwsError dynamoDb(PayloadFailure failure) {
        return switch (failure) {
            case PayloadFailure.TooManyBodies f -> CommonErrors.throttled(AwsService.DYNAMODB);
            case PayloadFailure.TooLarge f -> new AwsError(
                    "com.amazon.coral.validate#ValidationException", 413,
                    "Request size exceeded " + f.limitBytes() + " bytes.");
            case PayloadFailure.HashMismatch f -> new AwsError(
                    "com.amazon.coral.service#InvalidSignatureException", 400,
                    "The request signature we calculated does not match the signature you"
                            + " provided.");
            case PayloadFailure.Incomplete f -> serialization();
            case PayloadFailure.Malformed f -> serialization();
            case PayloadFailure.ChunkSignatureMismatch f -> serialization();
            case PayloadFailure.TrailerSignatureMismatch f -> serialization();
            case PayloadFailure.MissingLength f -> serialization();
            case PayloadFailure.ChecksumMismatch f -> serialization();
            case PayloadFailure.ChecksumInvalid f -> serialization();
            case PayloadFailure.TrailerMissing f -> serialization();
        };
    }

    private static AwsError serialization() {
        return new AwsError("com.amazon.coral.service#SerializationException", 400,
                "The request body could not be read.");
    }
}
