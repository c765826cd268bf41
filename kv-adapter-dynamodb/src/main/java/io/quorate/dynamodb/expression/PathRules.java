package io.quorate.dynamodb.expression;

import java.util.List;

/** Paths of one expression must not touch each other. Pure functions. */
final class PathRules {
    private PathRules() {}

    /** Refuses paths of which one is part of another, or that disagree on what a place is. */
    static void checkDistinct(ExpressionKind kind, List<DocumentPath> paths) {
        for (int i = 1; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                check(kind, paths.get(j), paths.get(i));
            }
        }
    }

    private static void check(ExpressionKind kind, DocumentPath one, DocumentPath two) {
        int common = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; i < common; i++) {
            DocumentPath.Step left = one.steps().get(i);
            DocumentPath.Step right = two.steps().get(i);
            if (left.getClass() != right.getClass()) {
                throw refused(kind, "conflict", one, two);
            }
            if (!left.equals(right)) {
                return;
            }
        }
        throw refused(kind, "overlap", one, two);
    }

    private static RuntimeException refused(ExpressionKind kind, String how, DocumentPath one,
            DocumentPath two) {
        return kind.invalid("Two document paths " + how + " with each other; must remove or rewrite"
                + " one of these paths; path one: " + one.display() + ", path two: "
                + two.display());
    }
}
