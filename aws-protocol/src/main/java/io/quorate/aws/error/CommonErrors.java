package io.quorate.aws.error;

import io.quorate.aws.service.AwsService;

/** The errors that every operation of a service may answer, as that service spells them. */
public final class CommonErrors {
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
    private static final String CORAL = "com.amazon.coral.service#";

    private CommonErrors() {}

    /** Something went wrong inside, and nobody knows what the client could do about it. */
    public static AwsError internal(AwsService service) {
        return switch (service) {
            case S3 -> new AwsError("InternalError", 500,
                    "We encountered an internal error. Please try again.");
            case SQS -> new AwsError(CORAL + "InternalFailure", 500,
                    "We encountered an internal error. Please try again.");
            case DYNAMODB -> new AwsError(DYNAMODB + "InternalServerError", 500,
                    "Internal server error");
        };
    }

    /** What was asked for is not built. */
    public static AwsError notImplemented(AwsService service) {
        return switch (service) {
            case S3 -> new AwsError("NotImplemented", 501,
                    "A header or operation you requested is not implemented.");
            case SQS -> new AwsError("com.amazonaws.sqs#UnsupportedOperation",
                    "AWS.SimpleQueueService.UnsupportedOperation", 400,
                    "The operation is not supported.");
            case DYNAMODB -> new AwsError(CORAL + "UnknownOperationException", 400,
                    "The operation is not supported.");
        };
    }

    /** The server cannot answer now; a later try may do. */
    public static AwsError unavailable(AwsService service) {
        return switch (service) {
            case S3 -> new AwsError("ServiceUnavailable", 503,
                    "Service is unable to handle request.");
            case SQS -> new AwsError(CORAL + "ServiceUnavailable", 503,
                    "The request has failed due to a temporary failure of the server.");
            case DYNAMODB -> internal(service);
        };
    }

    /** The server does not serve yet; a later try may do. */
    public static AwsError starting(AwsService service) {
        return switch (service) {
            case S3, SQS -> unavailable(service);
            case DYNAMODB -> new AwsError(DYNAMODB + "ServiceUnavailable", 503,
                    "The service is currently unavailable or busy.");
        };
    }

    /** Too much is asked at once; a slower try may do. */
    public static AwsError throttled(AwsService service) {
        return switch (service) {
            case S3 -> new AwsError("SlowDown", 503, "Please reduce your request rate.");
            case SQS -> new AwsError("com.amazonaws.sqs#RequestThrottled", "RequestThrottled", 403,
                    "Request is throttled.");
            case DYNAMODB -> new AwsError("com.amazon.coral.availability#ThrottlingException", 400,
                    "Rate of requests exceeds the allowed throughput.");
        };
    }

    /**
     * The caller may not do this.
     *
     * @param caller the caller's ARN
     * @param action such as {@code sqs:SendMessage}
     * @param resource the resource's ARN
     */
    public static AwsError accessDenied(AwsService service, String caller, String action,
            String resource) {
        String message = "User: " + caller + " is not authorized to perform: " + action
                + " on resource: " + resource;
        return switch (service) {
            case S3 -> new AwsError("AccessDenied", 403, "Access Denied");
            case SQS -> new AwsError(CORAL + "AccessDeniedException", "AccessDenied", 403, message);
            case DYNAMODB -> new AwsError(CORAL + "AccessDeniedException", 400, message);
        };
    }

    /** A header that this server defines for all services has a value that means nothing. */
    public static AwsError invalidHeader(AwsService service, String message) {
        return switch (service) {
            case S3 -> new AwsError("InvalidArgument", 400, message);
            case SQS -> new AwsError(CORAL + "InvalidParameterValueException",
                    "InvalidParameterValue", 400, message);
            case DYNAMODB ->
                new AwsError("com.amazon.coral.validate#ValidationException", 400, message);
        };
    }
}
