package io.quorate.sqs.error;

/**
 * The errors SQS answers: the shape in JSON, the code in Query, the HTTP status. Source: Amazon SQS
 * API reference, "Common errors" and the errors of each action, and the service model's
 * {@code awsQueryCompatible} error codes.
 */
public enum SqsError {
    QUEUE_DOES_NOT_EXIST(Kind.SQS, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
            400), QUEUE_NAME_EXISTS(Kind.SQS, "QueueNameExists", "QueueAlreadyExists",
                    400), INVALID_ATTRIBUTE_NAME(Kind.SQS, "InvalidAttributeName",
                            "InvalidAttributeName", 400), INVALID_ATTRIBUTE_VALUE(Kind.SQS,
                                    "InvalidAttributeValue", "InvalidAttributeValue",
                                    400), INVALID_MESSAGE_CONTENTS(Kind.SQS,
                                            "InvalidMessageContents", "InvalidMessageContents",
                                            400), INVALID_ADDRESS(Kind.SQS, "InvalidAddress",
                                                    "InvalidAddress",
                                                    404), RECEIPT_HANDLE_IS_INVALID(Kind.SQS,
                                                            "ReceiptHandleIsInvalid",
                                                            "ReceiptHandleIsInvalid",
                                                            404), UNSUPPORTED_OPERATION(Kind.SQS,
                                                                    "UnsupportedOperation",
                                                                    "AWS.SimpleQueueService.UnsupportedOperation",
                                                                    400), REQUEST_THROTTLED(
                                                                            Kind.SQS,
                                                                            "RequestThrottled",
                                                                            "RequestThrottled",
                                                                            403), OVER_LIMIT(
                                                                                    Kind.SQS,
                                                                                    "OverLimit",
                                                                                    "OverLimit",
                                                                                    403), MESSAGE_NOT_INFLIGHT(
                                                                                            Kind.SQS,
                                                                                            "MessageNotInflight",
                                                                                            "AWS.SimpleQueueService.MessageNotInflight",
                                                                                            400), PURGE_QUEUE_IN_PROGRESS(
                                                                                                    Kind.SQS,
                                                                                                    "PurgeQueueInProgress",
                                                                                                    "AWS.SimpleQueueService.PurgeQueueInProgress",
                                                                                                    403), RESOURCE_NOT_FOUND(
                                                                                                            Kind.SQS,
                                                                                                            "ResourceNotFoundException",
                                                                                                            "ResourceNotFoundException",
                                                                                                            404), EMPTY_BATCH_REQUEST(
                                                                                                                    Kind.SQS,
                                                                                                                    "EmptyBatchRequest",
                                                                                                                    "AWS.SimpleQueueService.EmptyBatchRequest",
                                                                                                                    400), TOO_MANY_ENTRIES(
                                                                                                                            Kind.SQS,
                                                                                                                            "TooManyEntriesInBatchRequest",
                                                                                                                            "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                                                                                                                            400), ENTRY_IDS_NOT_DISTINCT(
                                                                                                                                    Kind.SQS,
                                                                                                                                    "BatchEntryIdsNotDistinct",
                                                                                                                                    "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                                                                                                                                    400), INVALID_BATCH_ENTRY_ID(
                                                                                                                                            Kind.SQS,
                                                                                                                                            "InvalidBatchEntryId",
                                                                                                                                            "AWS.SimpleQueueService.InvalidBatchEntryId",
                                                                                                                                            400), BATCH_REQUEST_TOO_LONG(
                                                                                                                                                    Kind.SQS,
                                                                                                                                                    "BatchRequestTooLong",
                                                                                                                                                    "AWS.SimpleQueueService.BatchRequestTooLong",
                                                                                                                                                    400), ACCESS_DENIED(
                                                                                                                                                            Kind.COMMON,
                                                                                                                                                            "AccessDeniedException",
                                                                                                                                                            "AccessDenied",
                                                                                                                                                            403), INVALID_PARAMETER_VALUE(
                                                                                                                                                                    Kind.COMMON,
                                                                                                                                                                    "InvalidParameterValueException",
                                                                                                                                                                    "InvalidParameterValue",
                                                                                                                                                                    400), MISSING_PARAMETER(
                                                                                                                                                                            Kind.COMMON,
                                                                                                                                                                            "MissingRequiredParameterException",
                                                                                                                                                                            "MissingParameter",
                                                                                                                                                                            400), UNKNOWN_OPERATION(
                                                                                                                                                                                    Kind.COMMON,
                                                                                                                                                                                    "UnknownOperationException",
                                                                                                                                                                                    "InvalidAction",
                                                                                                                                                                                    400), SERIALIZATION(
                                                                                                                                                                                            Kind.COMMON,
                                                                                                                                                                                            "SerializationException",
                                                                                                                                                                                            "MalformedInput",
                                                                                                                                                                                            400), SERVICE_UNAVAILABLE(
                                                                                                                                                                                                    Kind.COMMON,
                                                                                                                                                                                                    "ServiceUnavailableException",
                                                                                                                                                                                                    "ServiceUnavailable",
                                                                                                                                                                                                    503), INTERNAL_FAILURE(
                                                                                                                                                                                                            Kind.COMMON,
                                                                                                                                                                                                            "InternalFailure",
                                                                                                                                                                                                            "InternalFailure",
                                                                                                                                                                                                            500);

    private final String shape;
    private final String queryCode;
    private final int status;

    SqsError(Kind kind, String shape, String queryCode, int status) {
        this.shape = kind.namespace + shape;
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

    /** Where an error's shape is defined. */
    private enum Kind {
        SQS("com.amazonaws.sqs#"), COMMON("com.amazon.coral.service#");

        private final String namespace;

        Kind(String namespace) {
            this.namespace = namespace;
        }
    }
}
