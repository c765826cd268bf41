package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.error.DynamoDbException;

/** The parameters that hold expressions, which messages name. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"), FILTER("FilterExpression"), KEY_CONDITION(
            "KeyConditionExpression"), UPDATE("UpdateExpression"), PROJECTION(
                    "ProjectionExpression");

    /** Longest expression, in bytes. */
    static final int MAX_LENGTH = 4096;

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    /** The parameter's name. */
    public String parameter() {
        return parameter;
    }

    /** The refusal of an expression of this kind. */
    DynamoDbException invalid(String text) {
        return DynamoDbException.validation("Invalid " + parameter + ": " + text);
    }
}
