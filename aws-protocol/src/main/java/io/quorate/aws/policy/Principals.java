package io.quorate.aws.policy;

import java.util.List;

/**
 * Whom a statement is about.
 *
 * @param everybody whether it says {@code *}
 * @param names ARNs and account numbers
 * @param canonicalIds S3's owner ids
 * @param negated whether it is NotPrincipal
 */
record Principals(boolean everybody, List<String> names, List<String> canonicalIds,
        boolean negated) {
    /** A statement of a caller's own policy is about that caller. */
    static final Principals THE_CALLER = new Principals(true, List.of(), List.of(), false);

    Principals {
        names = List.copyOf(names);
        canonicalIds = List.copyOf(canonicalIds);
    }

    /** Whether the statement is about the caller, itself or with its account. */
    Decision about(Principal caller) {
        Decision named = named(caller);
        if (!negated) {
            return named;
        }
        return named == Decision.SILENT ? Decision.ALLOWED : Decision.SILENT;
    }

    private Decision named(Principal caller) {
        if (everybody) {
            return Decision.ALLOWED;
        }
        if (caller.isAnonymous()) {
            return Decision.SILENT;
        }
        boolean isRoot = caller.arn().equals(Principal.rootOf(caller.account()));
        if ((!isRoot && names.contains(caller.arn()))
                || canonicalIds.contains(caller.canonicalId())) {
            return Decision.ALLOWED;
        }
        boolean account = names.contains(caller.account())
                || names.contains(Principal.rootOf(caller.account()));
        return account ? Decision.ALLOWED_TO_ACCOUNT : Decision.SILENT;
    }
}
