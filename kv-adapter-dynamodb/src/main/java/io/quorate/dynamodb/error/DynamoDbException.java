package io.quorate.dynamodb.error;

import io.quorate.aws.error.AwsError;
import io.quorate.dynamodb.model.DecimalException;
import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A refused request, as the client shall read it. Has no stack trace: it is an expected failure. */
public final class DynamoDbException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** What DynamoDB says of a condition that does not hold. */
    public static final String CONDITION_FAILED = "The conditional request failed";
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final DynamoDbError error;
    private final String text;
    private final transient ErrorDetail detail;

    public DynamoDbException(DynamoDbError error, String text) {
        this(error, text, new ErrorDetail.None());
    }

    private DynamoDbException(DynamoDbError error, String text, ErrorDetail detail) {
        super(text, null, false, false);
        this.error = error;
        this.text = text;
        this.detail = detail;
    }

    /** The condition of a single write does not hold. */
    public static DynamoDbException conditionFailed(Optional<Item> found) {
        return new DynamoDbException(DynamoDbError.CONDITIONAL_CHECK_FAILED, CONDITION_FAILED,
                found.<ErrorDetail>map(ErrorDetail.Found::new).orElse(new ErrorDetail.None()));
    }

    /** A transaction was cancelled. */
    public static DynamoDbException cancelled(List<ErrorDetail.Reason> reasons) {
        return new DynamoDbException(DynamoDbError.TRANSACTION_CANCELED,
                "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                        + reasons.stream().map(ErrorDetail.Reason::code)
                                .collect(Collectors.joining(", "))
                        + "]",
                new ErrorDetail.Reasons(reasons));
    }

    /** What it says besides. */
    public ErrorDetail detail() {
        return detail;
    }

    /** A ValidationException. */
    public static DynamoDbException validation(String text) {
        return new DynamoDbException(DynamoDbError.VALIDATION, text);
    }

    /** A ValidationException in the form most of DynamoDB's own have. */
    public static DynamoDbException invalidParameter(String text) {
        return validation(INVALID + text);
    }

    /** A ValidationException for something DynamoDB has and this server has not. */
    public static DynamoDbException unsupported(String parameter) {
        return invalidParameter(parameter + " is not supported by this server");
    }

    /** A SerializationException: the JSON is not of the shape the action takes. */
    public static DynamoDbException serialization(String text) {
        return new DynamoDbException(DynamoDbError.SERIALIZATION, text);
    }

    /** A literal that is no number, or a number that is out of range. */
    public static DynamoDbException number(DecimalException.Problem problem, String literal) {
        return validation(numberText(problem, literal));
    }

    /** What is wrong with a number, in DynamoDB's words. */
    public static String numberText(DecimalException.Problem problem, String literal) {
        return switch (problem) {
            case NOT_NUMERIC ->
                "The parameter cannot be converted to a numeric value: " + literal;
            case OVERFLOW -> "Number overflow. Attempting to store a number with magnitude larger"
                    + " than supported range";
            case UNDERFLOW -> "Number underflow. Attempting to store a number with magnitude"
                    + " smaller than supported range";
            case TOO_MANY_DIGITS ->
                "Attempting to store more than 38 significant digits in a Number";
        };
    }

    /** The table of a data request does not exist. */
    public static DynamoDbException notFound() {
        return new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                "Requested resource not found");
    }

    /** The table of a table request does not exist. */
    public static DynamoDbException tableNotFound(String name) {
        return new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                "Requested resource not found: Table: " + name + " not found");
    }

    /** A table of that name exists. */
    public static DynamoDbException tableExists(String name) {
        return new DynamoDbException(DynamoDbError.RESOURCE_IN_USE,
                "Table already exists: " + name);
    }

    /** What it says. */
    public String text() {
        return text;
    }

    /** Which error it is. */
    public DynamoDbError error() {
        return error;
    }

    /** As aws-protocol renders it. */
    public AwsError toAwsError() {
        return new AwsError(error.type(), error.status(), text);
    }
}
