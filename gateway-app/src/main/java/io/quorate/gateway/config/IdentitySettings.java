package io.quorate.gateway.config;

import io.quorate.aws.policy.Policy;
import java.util.List;

/**
 * One identity.
 *
 * @param name unique name, for logs
 * @param accountId twelve digits
 * @param canonicalId S3's owner id, 64 hexadecimal digits
 * @param displayName what S3 shows beside it
 * @param keys its access keys, at least one
 * @param grant what it may do
 */
public record IdentitySettings(String name, String accountId, String canonicalId,
        String displayName, List<KeySettings> keys, Grant grant) {
    public IdentitySettings {
        keys = List.copyOf(keys);
    }

    /** What an identity may do. */
    public sealed interface Grant {
        /** Everything. */
        record Admin() implements Grant {}

        /** What at least one document allows and none denies. */
        record Policies(List<Policy> policies) implements Grant {
            public Policies {
                policies = List.copyOf(policies);
            }
        }

        /** What at least one rule allows. */
        record Rules(List<Rule> rules) implements Grant {
            public Rules {
                rules = List.copyOf(rules);
            }
        }
    }

    /**
     * Allows actions on resources; both are patterns with {@code *} and {@code ?}.
     *
     * @param actions such as {@code s3:Get*}
     * @param resources ARNs
     */
    public record Rule(List<String> actions, List<String> resources) {
        public Rule {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }
}
