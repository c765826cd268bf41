package io.quorate.aws.policy;

import java.util.Set;

/**
 * Whether a statement opens something to everybody. Source: S3 user guide, "Blocking public access",
 * "The meaning of public": a statement for everybody is not public if a condition ties it to fixed
 * values of a key that tells who comes from where.
 */
final class Publicity {
    private static final Set<String> TYING = Set.of("aws:sourcearn", "aws:sourcevpc",
            "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount", "aws:userid",
            "aws:principalarn", "aws:principalaccount", "aws:principalorgid",
            "aws:principalorgpaths", "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:dataaccesspointarn", "s3:dataaccesspointaccount");
    private static final Set<ConditionOperator> FIXING = Set.of(ConditionOperator.STRING_EQUALS,
            ConditionOperator.STRING_EQUALS_IGNORE_CASE, ConditionOperator.STRING_LIKE,
            ConditionOperator.ARN_EQUALS, ConditionOperator.ARN_LIKE);
    /** Ranges wider than these are as good as everybody. */
    private static final int MIN_V4_BITS = 8;
    private static final int MIN_V6_BITS = 32;

    private Publicity() {}

    static boolean isPublic(Statement statement) {
        boolean everybody = statement.principals().everybody() || statement.principals().negated();
        return statement.effect() == Effect.ALLOW && everybody
                && statement.conditions().stream().noneMatch(Publicity::ties);
    }

    private static boolean ties(Condition condition) {
        if (condition.ifExists() || condition.quantifier() == Condition.Quantifier.FOR_ALL_VALUES) {
            return false;
        }
        if (condition.key().equals("aws:sourceip")) {
            return condition.operator() == ConditionOperator.IP_ADDRESS
                    && condition.values().stream().allMatch(Publicity::isNarrow);
        }
        return TYING.contains(condition.key()) && FIXING.contains(condition.operator())
                && condition.values().stream().noneMatch(Publicity::isOpen);
    }

    private static boolean isNarrow(String range) {
        int least = range.indexOf(':') < 0 ? MIN_V4_BITS : MIN_V6_BITS;
        return IpRange.parse(range).filter(known -> known.bits() >= least).isPresent();
    }

    private static boolean isOpen(String value) {
        return value.contains("*") || value.contains("?") || value.contains("${");
    }
}
