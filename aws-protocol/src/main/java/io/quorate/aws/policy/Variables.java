package io.quorate.aws.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fills {@code ${aws:username}} and its like into patterns. Source: IAM user guide, "IAM policy
 * elements: Variables and tags".
 *
 * @param keys where values come from
 * @param known whether the document's version has variables
 */
record Variables(ConditionKeys keys, boolean known) {
    private static final String OPEN = "${";

    /** The pattern with its wildcards as marks; empty if a variable has no single value. */
    Optional<String> expand(String pattern) {
        if (!known || !pattern.contains(OPEN)) {
            return Optional.of(Wildcards.marked(pattern));
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = pattern.indexOf(OPEN); open >= 0; open = pattern.indexOf(OPEN, at)) {
            int close = pattern.indexOf('}', open);
            if (close < 0) {
                break;
            }
            out.append(Wildcards.marked(pattern.substring(at, open)));
            Optional<String> value = value(pattern.substring(open + OPEN.length(), close));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(value.get());
            at = close + 1;
        }
        return Optional.of(out.append(Wildcards.marked(pattern.substring(at))).toString());
    }

    private Optional<String> value(String variable) {
        if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
            return Optional.of(variable);
        }
        int comma = variable.indexOf(',');
        String name = (comma < 0 ? variable : variable.substring(0, comma)).strip();
        List<String> values = keys.of(name.toLowerCase(Locale.ROOT));
        if (values.size() == 1) {
            return Optional.of(values.getFirst());
        }
        return comma < 0 || !values.isEmpty()
                ? Optional.empty()
                : unquoted(variable.substring(comma + 1).strip());
    }

    private static Optional<String> unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? Optional.of(text.substring(1, text.length() - 1)) : Optional.empty();
    }
}
