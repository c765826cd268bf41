package io.quorate.dynamodb.model;

/** A literal that is no DynamoDB number. Has no stack trace: it is the client's mistake. */
public final class DecimalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the literal. */
    public enum Problem {
        NOT_NUMERIC, OVERFLOW, UNDERFLOW, TOO_MANY_DIGITS
    }

    private final Problem problem;

    DecimalException(Problem problem) {
        super(problem.name(), null, false, false);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
