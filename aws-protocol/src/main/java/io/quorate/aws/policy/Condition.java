package io.quorate.aws.policy;

import java.util.List;
import java.util.Optional;

/**
 * One key of a statement's condition. Source: IAM user guide, "IAM JSON policy elements: Condition
 * operators", "Multivalued context keys".
 *
 * @param quantifier how many of the request's values must fit
 * @param operator how one is compared
 * @param ifExists whether a request without the key fits
 * @param key in lower case
 * @param values what to compare with; one must fit, for a negated operator all
 */
record Condition(Quantifier quantifier, ConditionOperator operator, boolean ifExists, String key,
        List<String> values) {
    /** How many of the request's values must fit. */
    enum Quantifier {
        NONE, FOR_ALL_VALUES, FOR_ANY_VALUE
    }

    Condition {
        values = List.copyOf(values);
    }

    boolean holds(Variables variables) {
        List<String> asked = variables.keys().of(key);
        if (operator == ConditionOperator.NULL) {
            return values.contains(asked.isEmpty() ? "true" : "false");
        }
        if (asked.isEmpty()) {
            return ifExists || switch (quantifier) {
                case NONE -> operator.isNegated();
                case FOR_ALL_VALUES -> true;
                case FOR_ANY_VALUE -> false;
            };
        }
        boolean all = quantifier == Quantifier.FOR_ALL_VALUES
                || (quantifier == Quantifier.NONE && operator.isNegated());
        return all
                ? asked.stream().allMatch(value -> fits(value, variables))
                : asked.stream().anyMatch(value -> fits(value, variables));
    }

    private boolean fits(String asked, Variables variables) {
        boolean equal = values.stream().anyMatch(value -> {
            Optional<String> pattern = variables.expand(value);
            return pattern.isPresent() && operator.test(pattern.get(), asked);
        });
        return operator.isNegated() != equal;
    }
}
