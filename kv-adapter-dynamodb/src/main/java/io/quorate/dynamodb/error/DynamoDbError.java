package io.quorate.dynamodb.error;

/**
 * The errors DynamoDB answers, with the shape names and HTTP statuses it gives them. Source: Amazon
 * DynamoDB API reference, "Common errors" and the errors of each action.
 */
public enum DynamoDbError {
    /** A parameter is missing, malformed or against a rule. */
    VALIDATION("com.amazon.coral.validate#ValidationException", 400),
    /** The body is not the JSON the action takes. */
    SERIALIZATION("com.amazon.coral.service#SerializationException", 400),
    /** There is no such action here. */
    UNKNOWN_OPERATION("com.amazon.coral.service#UnknownOperationException", 400),
    /** The caller may not do this. */
    ACCESS_DENIED("com.amazon.coral.service#AccessDeniedException", 400),
    /** A bound of the server was reached. */
    THROTTLING("com.amazon.coral.availability#ThrottlingException", 400),
    /** There is no such table. */
    RESOURCE_NOT_FOUND("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", 400),
    /** There is such a table already. */
    RESOURCE_IN_USE("com.amazonaws.dynamodb.v20120810#ResourceInUseException", 400),
    /** A condition does not hold. */
    CONDITIONAL_CHECK_FAILED("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            400),
    /** A transaction was cancelled, for reasons it names. */
    TRANSACTION_CANCELED("com.amazonaws.dynamodb.v20120810#TransactionCanceledException", 400),
    /** A token was used for another request. */
    IDEMPOTENT_PARAMETER_MISMATCH(
            "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException", 400),
    /** Too many of something. */
    LIMIT_EXCEEDED("com.amazonaws.dynamodb.v20120810#LimitExceededException", 400),
    /** There is no resource policy. */
    POLICY_NOT_FOUND("com.amazonaws.dynamodb.v20120810#PolicyNotFoundException", 400),
    /** Others write the item all the time. */
    TRANSACTION_CONFLICT("com.amazonaws.dynamodb.v20120810#TransactionConflictException", 400),
    /** There is such an item already. */
    DUPLICATE_ITEM("com.amazonaws.dynamodb.v20120810#DuplicateItemException", 400),
    /** An iterator is too old to be used. */
    EXPIRED_ITERATOR("com.amazonaws.dynamodb.v20120810#ExpiredIteratorException", 400),
    /** A record is no longer kept. */
    TRIMMED_DATA_ACCESS("com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException", 400),
    /** The store could not do it, or nobody knows whether it did. */
    INTERNAL_SERVER_ERROR("com.amazonaws.dynamodb.v20120810#InternalServerError", 500);

    private final String type;
    private final int status;

    DynamoDbError(String type, int status) {
        this.type = type;
        this.status = status;
    }

    /** The value of {@code __type}. */
    public String type() {
        return type;
    }

    /** The name of the shape, without its namespace. */
    public String code() {
        return type.substring(type.indexOf('#') + 1);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
