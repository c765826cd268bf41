package io.quorate.sqs.error;

/**
 * The errors SQS answers: the shape in JSON, the code in Query, the HTTP status. Source: Amazon SQS
 * API reference, "Common errors" and the errors of each action, and the service model's
 * {@code awsQueryCompatible} error codes.
 */
public enum SqsError {
    QUEUE_DOES_NOT_EXIST("com.amazonaws.sqs#QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            400), QUEUE_NAME_EXISTS("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists",
                    400), INVALID_ATTRIBUTE_NAME("com.amazonaws.sqs#InvalidAttributeName",
                            "InvalidAttributeName",
                            400), INVALID_ATTRIBUTE_VALUE("com.amazonaws.sqs#InvalidAttributeValue",
                                    "InvalidAttributeValue",
                                    400), INVALID_MESSAGE_CONTENTS(
                                            "com.amazonaws.sqs#InvalidMessageContents",
                                            "InvalidMessageContents",
                                            400), INVALID_ADDRESS(
                                                    "com.amazonaws.sqs#InvalidAddress",
                                                    "InvalidAddress",
                                                    404), RECEIPT_HANDLE_IS_INVALID(
                                                            "com.amazonaws.sqs#ReceiptHandleIsInvalid",
                                                            "ReceiptHandleIsInvalid",
                                                            404), UNSUPPORTED_OPERATION(
                                                                    "com.amazonaws.sqs#UnsupportedOperation",
                                                                    "AWS.SimpleQueueService.UnsupportedOperation",
                                                                    400), REQUEST_THROTTLED(
                                                                            "com.amazonaws.sqs#RequestThrottled",
                                                                            "RequestThrottled",
                                                                            403), ACCESS_DENIED(
                                                                                    "com.amazon.coral.service#AccessDeniedException",
                                                                                    "AccessDenied",
                                                                                    403), INVALID_PARAMETER_VALUE(
                                                                                            "com.amazon.coral.service#InvalidParameterValueException",
                                                                                            "InvalidParameterValue",
                                                                                            400), MISSING_PARAMETER(
                                                                                                    "com.amazon.coral.service#MissingRequiredParameterException",
                                                                                                    "MissingParameter",
                                                                                                    400), UNKNOWN_OPERATION(
                                                                                                            "com.amazon.coral.service#UnknownOperationException",
                                                                                                            "InvalidAction",
                                                                                                            400), SERIALIZATION(
                                                                                                                    "com.amazon.coral.service#SerializationException",
                                                                                                                    "MalformedInput",
                                                                                                                    400), SERVICE_UNAVAILABLE(
                                                                                                                            "com.amazon.coral.service#ServiceUnavailableException",
                                                                                                                            "ServiceUnavailable",
                                                                                                                            503), INTERNAL_FAILURE(
                                                                                                                                    "com.amazon.coral.service#InternalFailure",
                                                                                                                                    "InternalFailure",
                                                                                                                                    500);

    private final String shape;
    private final String queryCode;
    private final int status;

    SqsError(String shape, String queryCode, int status) {
        this.shape = shape;
        this.queryCode = queryCode;
        this.status = status;
    }

    /** The value of {@code __type}. */
    public String shape() {
        return shape;
    }

    /** The code of the Query protocol, which {@code x-amzn-query-error} repeats. */
    public String queryCode() {
        return queryCode;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
