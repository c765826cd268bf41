package io.quorate.aws.policy;

import java.util.List;

/**
 * Actions or resources of a statement: patterns of which one must match, or, negated, none may.
 *
 * @param patterns as written
 * @param negated whether it is NotAction or NotResource
 */
record Names(List<String> patterns, boolean negated) {
    Names {
        patterns = List.copyOf(patterns);
    }

    boolean haveAction(String action) {
        return negated != patterns.stream()
                .anyMatch(pattern -> Wildcards.matches(pattern, action, true));
    }

    /** A pattern with a variable that the request does not have matches nothing. */
    boolean haveResource(String resource, Variables variables) {
        return negated != patterns.stream().anyMatch(pattern -> variables.expand(pattern)
                .map(marked -> Wildcards.matchesMarked(marked, resource, false)).orElse(false));
    }
}
