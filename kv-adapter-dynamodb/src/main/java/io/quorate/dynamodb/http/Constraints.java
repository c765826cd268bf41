package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of DynamoDB's service model, checked together and reported together, at most
 * {@value #MAX_REPORTED} of them. One use each.
 */
final class Constraints {
    private static final int MAX_REPORTED = 10;

    private final List<String> failures = new ArrayList<>();

    /** The member must be there. */
    void notNull(String path, @Nullable Object value) {
        check(value != null, path, value, "Member must not be null");
    }

    /** The member, if it is there, must be one of these. */
    void oneOf(String path, @Nullable String value, String... allowed) {
        check(value == null || Arrays.asList(allowed).contains(value), path, value,
                "Member must satisfy enum value set: [" + String.join(", ", allowed) + "]");
    }

    /** The member, if it is there, must name a constant of the enum. */
    <E extends Enum<E>> void oneOf(String path, @Nullable String value, Class<E> type) {
        oneOf(path, value, Arrays.stream(type.getEnumConstants()).map(Enum::name)
                .toArray(String[]::new));
    }

    /** The member, if it is there, must be at least this. */
    void atLeast(String path, @Nullable Long value, long least) {
        check(value == null || value >= least, path, value,
                "Member must have value greater than or equal to " + least);
    }

    /** The member's length must be within these bounds. */
    void length(String path, @Nullable Object value, int length, Bounds bounds) {
        if (value == null) {
            return;
        }
        check(length >= bounds.least, path, value,
                "Member must have length greater than or equal to " + bounds.least);
        check(length <= bounds.most, path, value,
                "Member must have length less than or equal to " + bounds.most);
    }

    /** Adds a failure unless the condition holds. */
    void check(boolean holds, String path, @Nullable Object value, String rule) {
        if (!holds && failures.size() < MAX_REPORTED) {
            failures.add("Value " + (value == null ? "null" : "'" + value + "'") + " at '" + path
                    + "' failed to satisfy constraint: " + rule);
        }
    }

    /** Ends the request if a constraint failed. */
    void enforce() {
        if (!failures.isEmpty()) {
            String plural = failures.size() == 1 ? "" : "s";
            throw DynamoDbException.validation(String.format(Locale.ROOT,
                    "%d validation error%s detected: %s", failures.size(), plural,
                    failures.stream().collect(Collectors.joining("; "))));
        }
    }

    /** Least and most length, inclusive. */
    record Bounds(int least, int most) {}
}
