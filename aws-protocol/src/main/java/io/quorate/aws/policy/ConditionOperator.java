package io.quorate.aws.policy;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * How a condition compares one value of a request. A negated operator tests what its positive one
 * does; the condition turns the result around. Source: IAM user guide, "IAM JSON policy elements:
 * Condition operators".
 */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", false, Comparisons::any, Comparisons::same), //
    STRING_NOT_EQUALS("StringNotEquals", true, Comparisons::any, Comparisons::same), //
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, Comparisons::any,
            Comparisons::sameIgnoringCase), //
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, Comparisons::any,
            Comparisons::sameIgnoringCase), //
    STRING_LIKE("StringLike", false, Comparisons::any, Comparisons::like), //
    STRING_NOT_LIKE("StringNotLike", true, Comparisons::any, Comparisons::like), //
    NUMERIC_EQUALS("NumericEquals", false, Comparisons::isNumber, Comparisons.number(c -> c == 0)), //
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, Comparisons::isNumber,
            Comparisons.number(c -> c == 0)), //
    NUMERIC_LESS_THAN("NumericLessThan", false, Comparisons::isNumber,
            Comparisons.number(c -> c < 0)), //
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, Comparisons::isNumber,
            Comparisons.number(c -> c <= 0)), //
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, Comparisons::isNumber,
            Comparisons.number(c -> c > 0)), //
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, Comparisons::isNumber,
            Comparisons.number(c -> c >= 0)), //
    DATE_EQUALS("DateEquals", false, Comparisons::isDate, Comparisons.date(c -> c == 0)), //
    DATE_NOT_EQUALS("DateNotEquals", true, Comparisons::isDate, Comparisons.date(c -> c == 0)), //
    DATE_LESS_THAN("DateLessThan", false, Comparisons::isDate, Comparisons.date(c -> c < 0)), //
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, Comparisons::isDate,
            Comparisons.date(c -> c <= 0)), //
    DATE_GREATER_THAN("DateGreaterThan", false, Comparisons::isDate, Comparisons.date(c -> c > 0)), //
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, Comparisons::isDate,
            Comparisons.date(c -> c >= 0)), //
    BOOL("Bool", false, Comparisons::isTruth, Comparisons::sameIgnoringCase), //
    BINARY_EQUALS("BinaryEquals", false, Comparisons::any, Comparisons::same), //
    IP_ADDRESS("IpAddress", false, Comparisons::isRange, Comparisons::inRange), //
    NOT_IP_ADDRESS("NotIpAddress", true, Comparisons::isRange, Comparisons::inRange), //
    ARN_EQUALS("ArnEquals", false, Comparisons::any, Comparisons::sameArn), //
    ARN_LIKE("ArnLike", false, Comparisons::any, Comparisons::sameArn), //
    ARN_NOT_EQUALS("ArnNotEquals", true, Comparisons::any, Comparisons::sameArn), //
    ARN_NOT_LIKE("ArnNotLike", true, Comparisons::any, Comparisons::sameArn), //
    NULL("Null", false, Comparisons::isTruth, Comparisons::sameIgnoringCase);

    private final String wireName;
    private final boolean negated;
    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final Predicate<String> valid;
    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final BiPredicate<String, String> test;

    ConditionOperator(String wireName, boolean negated, Predicate<String> valid,
            BiPredicate<String, String> test) {
        this.wireName = wireName;
        this.negated = negated;
        this.valid = valid;
        this.test = test;
    }

    /** The operator of the name, which is compared without case. */
    static Optional<ConditionOperator> of(String name) {
        for (ConditionOperator operator : values()) {
            if (operator.wireName.equalsIgnoreCase(name)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    boolean isNegated() {
        return negated;
    }

    /** Whether a policy may compare with this value. */
    boolean accepts(String value) {
        return valid.test(value);
    }

    /**
     * Compares, without the negation.
     *
     * @param expected the policy's value, with its wildcards as marks
     */
    boolean test(String expected, String asked) {
        return test.test(expected, asked);
    }
}
