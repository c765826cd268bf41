package io.quorate.aws.identity;

import java.util.List;

/**
 * What an identity may do. Nothing is allowed that no rule allows. Patterns are IAM's: {@code *}
 * matches any run of characters, {@code ?} one; actions are compared without case, resources with.
 */
public sealed interface Permissions {
    /** Whether the action (such as {@code s3:PutObject}) is allowed on the resource's ARN. */
    boolean allows(String action, String resourceArn);

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

    /** Allows the actions matching any of the patterns on the resources matching any. */
    record AllowRule(List<String> actions, List<String> resources) {
        public AllowRule {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }

        boolean allows(String action, String resourceArn) {
            return actions.stream().anyMatch(glob -> Glob.matches(glob, action, true))
                    && resources.stream().anyMatch(glob -> Glob.matches(glob, resourceArn, false));
        }
    }
}
