package io.quorate.gateway.config;

import io.quorate.aws.policy.Policy;
import io.quorate.aws.policy.PolicyException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads who may call: the environment's root identity and the identities of the file. */
final class AccessReader {
    static final String ACCESS_KEY = "QUORATE_ACCESS_KEY";
    static final String SECRET_KEY = "QUORATE_SECRET_KEY";

    private static final int MAX_IDENTITIES = 1_000;
    private static final int MAX_KEYS = 16;
    private static final int MAX_RULES = 100;
    private static final String ROOT = "root";
    private static final KeySettings DEVELOPMENT = new KeySettings("test", "test",
            Optional.empty());
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern CANONICAL_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");
    // Not '/': it separates the parts of a credential scope.
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private AccessReader() {}

    static AccessSettings read(Section top, Map<String, String> environment) {
        String account = top.text("account-id", "000000000000", ACCOUNT, "twelve digits");
        List<IdentitySettings> identities = new ArrayList<>();
        fromEnvironment(environment).map(key -> root(account, key)).ifPresent(identities::add);
        for (Section section : top.sections("identities", MAX_IDENTITIES)) {
            identities.add(identity(section, account));
        }
        boolean development = identities.isEmpty();
        if (development) {
            identities.add(root(account, DEVELOPMENT));
        }
        refuseDuplicates(identities);
        return new AccessSettings(account, identities, development);
    }

    private static Optional<KeySettings> fromEnvironment(Map<String, String> environment) {
        String id = environment.getOrDefault(ACCESS_KEY, "");
        String secret = environment.getOrDefault(SECRET_KEY, "");
        if (id.isEmpty() && secret.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty() || secret.isEmpty()) {
            throw new ConfigException("Set both " + ACCESS_KEY + " and " + SECRET_KEY
                    + ", or neither: only one of them is set.");
        }
        if (!KEY_ID.matcher(id).matches()) {
            throw new ConfigException(ACCESS_KEY
                    + " must be 1 to 128 letters, digits, dots, dashes or underscores.");
        }
        return Optional.of(new KeySettings(id, secret, Optional.empty()));
    }

    private static IdentitySettings root(String account, KeySettings key) {
        return new IdentitySettings(ROOT, account, canonicalId(account, ROOT), ROOT, List.of(key),
                new IdentitySettings.Grant.Admin());
    }

    private static IdentitySettings identity(Section section, String defaultAccount) {
        String name = section
                .text("name", NAME, "1 to 64 letters, digits or any of + = , . @ _ -")
                .orElseThrow(() -> section.refused("name", "is missing"));
        String account = section.text("account-id", defaultAccount, ACCOUNT, "twelve digits");
        IdentitySettings identity = new IdentitySettings(name, account,
                section.text("canonical-id", canonicalId(account, name), CANONICAL_ID,
                        "64 hexadecimal digits in lower case"),
                section.text("display-name").orElse(name), keys(section), grant(section));
        section.end();
        return identity;
    }

    private static List<KeySettings> keys(Section identity) {
        List<KeySettings> keys = new ArrayList<>();
        for (Section key : identity.sections("keys", MAX_KEYS)) {
            keys.add(new KeySettings(
                    key.text("access-key", KEY_ID,
                            "1 to 128 letters, digits, dots, dashes or underscores")
                            .orElseThrow(() -> key.refused("access-key", "is missing")),
                    key.text("secret-key")
                            .orElseThrow(() -> key.refused("secret-key", "is missing")),
                    key.text("session-token")));
            key.end();
        }
        if (keys.isEmpty()) {
            throw identity.refused("keys", "must hold at least one access key");
        }
        return keys;
    }

    private static IdentitySettings.Grant grant(Section identity) {
        boolean admin = identity.flag("admin", false);
        List<IdentitySettings.Rule> rules = new ArrayList<>();
        for (Section rule : identity.sections("allow", MAX_RULES)) {
            List<String> actions = rule.texts("actions", MAX_RULES);
            List<String> resources = rule.texts("resources", MAX_RULES);
            if (actions.isEmpty() || resources.isEmpty()) {
                throw rule.refused("actions and resources", "must both be given");
            }
            rule.end();
            rules.add(new IdentitySettings.Rule(actions, resources));
        }
        List<Policy> policies = policies(identity);
        long ways = Stream.of(admin, !rules.isEmpty(), !policies.isEmpty())
                .filter(Boolean::booleanValue).count();
        if (ways != 1) {
            throw identity.refused("admin",
                    "must be true, or rules given in allow, or documents in policies, and only one"
                            + " of the three");
        }
        if (admin) {
            return new IdentitySettings.Grant.Admin();
        }
        return policies.isEmpty()
                ? new IdentitySettings.Grant.Rules(rules)
                : new IdentitySettings.Grant.Policies(policies);
    }

    private static List<Policy> policies(Section identity) {
        List<Policy> policies = new ArrayList<>();
        for (String document : identity.texts("policies", MAX_RULES)) {
            try {
                policies.add(Policy.ofCaller(document.strip()));
            } catch (PolicyException malformed) {
                throw identity.refused("policies",
                        "must be documents of IAM: " + malformed.getMessage());
            }
        }
        return policies;
    }

    private static void refuseDuplicates(List<IdentitySettings> identities) {
        Set<String> names = new HashSet<>();
        Set<String> keyIds = new HashSet<>();
        for (IdentitySettings identity : identities) {
            if (!names.add(identity.name())) {
                throw new ConfigException("Two identities are called " + identity.name() + ".");
            }
            for (KeySettings key : identity.keys()) {
                if (!keyIds.add(key.accessKey())) {
                    throw new ConfigException(
                            "The access key " + key.accessKey() + " is configured twice.");
                }
            }
        }
    }

    /** A stable owner id for identities that are given none. */
    private static String canonicalId(String account, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((account + '/' + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
