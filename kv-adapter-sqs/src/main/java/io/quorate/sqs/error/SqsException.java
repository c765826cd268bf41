package io.quorate.sqs.error;

import io.quorate.aws.error.AwsError;

/** A refused request, as the client shall read it. Has no stack trace: it is an expected failure. */
public final class SqsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SqsError error;
    private final String text;

    public SqsException(SqsError error, String text) {
        super(text, null, false, false);
        this.error = error;
        this.text = text;
    }

    /** A parameter's value is not one the action takes. */
    public static SqsException invalidValue(String value, String parameter, String reason) {
        return new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                "Value " + value + " for parameter " + parameter + " is invalid. Reason: "
                        + reason);
    }

    /** A parameter that must be there is not. */
    public static SqsException missing(String parameter) {
        return new SqsException(SqsError.MISSING_PARAMETER,
                "The request must contain the parameter " + parameter + ".");
    }

    /** The queue of a request does not exist. */
    public static SqsException noSuchQueue() {
        return new SqsException(SqsError.QUEUE_DOES_NOT_EXIST,
                "The specified queue does not exist.");
    }

    /** Which error it is. */
    public SqsError error() {
        return error;
    }

    /** What the client reads. */
    public String text() {
        return text;
    }

    /** As aws-protocol renders it. */
    public AwsError toAwsError() {
        return new AwsError(error.shape(), error.queryCode(), error.status(), text);
    }
}
