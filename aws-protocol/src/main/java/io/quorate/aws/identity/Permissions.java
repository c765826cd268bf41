package io.quorate.aws.identity;

import io.quorate.aws.policy.ConditionKeys;
import io.quorate.aws.policy.Decision;
import io.quorate.aws.policy.Policy;
import io.quorate.aws.policy.PolicyRequest;
import io.quorate.aws.policy.Principal;
import io.quorate.aws.policy.Wildcards;
import java.util.List;

/**
 * What an identity may do. Nothing is allowed that no rule allows. Patterns are IAM's: {@code *}
 * matches any run of characters, {@code ?} one; actions are compared without case, resources with.
 */
public sealed interface Permissions {
    /** Whether the action (such as {@code s3:PutObject}) is allowed on the resource's ARN. */
    boolean allows(String action, String resourceArn);

    /** What they say of a request of their owner's: ALLOWED, SILENT or DENIED. */
    default Decision decide(PolicyRequest request) {
        return allows(request.action(), request.resource()) ? Decision.ALLOWED : Decision.SILENT;
    }

    /** May do everything. */
    record Admin() implements Permissions {
        @Override
        public boolean allows(String action, String resourceArn) {
            return true;
        }
    }

    /** May do what at least one of the rules allows. */
    record Allowed(List<AllowRule> rules) implements Permissions {
        public Allowed {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean allows(String action, String resourceArn) {
            for (AllowRule rule : rules) {
                if (rule.allows(action, resourceArn)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** May do what at least one of the documents allows and none denies. */
    record Documents(List<Policy> policies) implements Permissions {
        public Documents {
            policies = List.copyOf(policies);
        }

        @Override
        public boolean allows(String action, String resourceArn) {
            return decide(new PolicyRequest(Principal.ANONYMOUS, action, resourceArn,
                    ConditionKeys.NONE)) == Decision.ALLOWED;
        }

        @Override
        public Decision decide(PolicyRequest request) {
            Decision best = Decision.SILENT;
            for (Policy policy : policies) {
                Decision decision = policy.decide(request);
                if (decision == Decision.DENIED) {
                    return decision;
                }
                best = decision == Decision.SILENT ? best : decision;
            }
            return best;
        }
    }

    /** Allows the actions matching any of the patterns on the resources matching any. */
    record AllowRule(List<String> actions, List<String> resources) {
        public AllowRule {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }

        boolean allows(String action, String resourceArn) {
            return actions.stream().anyMatch(glob -> Wildcards.matches(glob, action, true))
                    && resources.stream()
                            .anyMatch(glob -> Wildcards.matches(glob, resourceArn, false));
        }
    }
}
