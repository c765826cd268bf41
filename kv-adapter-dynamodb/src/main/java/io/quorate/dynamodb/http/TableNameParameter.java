package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableName;
import org.jspecify.annotations.Nullable;

/** The parameter TableName: a name, or since 2024 the ARN of a table. Pure functions. */
final class TableNameParameter {
    private static final String PATH = "tableName";
    private static final String ARN_PREFIX = "arn:";
    private static final int MAX_ARN_LENGTH = 1024;
    private static final int ARN_PARTS = 6;
    private static final Constraints.Bounds ANY_LENGTH = new Constraints.Bounds(1, MAX_ARN_LENGTH);
    private static final Constraints.Bounds NAME_LENGTH = new Constraints.Bounds(
            TableName.MIN_LENGTH, TableName.MAX_LENGTH);

    private TableNameParameter() {}

    /** Refuses an empty name, alone: DynamoDB looks at nothing else then. */
    static void enforceNotEmpty(@Nullable String given) {
        if (given != null && given.isEmpty()) {
            Constraints constraints = new Constraints();
            constraints.length(PATH, given, 0, ANY_LENGTH);
            constraints.enforce();
        }
    }

    /** Checks a name; ARNs are judged by {@link #resolve}. */
    static void check(Constraints constraints, @Nullable String given) {
        check(constraints, PATH, given);
    }

    /** The same for a name at another place of the request. */
    static void check(Constraints constraints, String path, @Nullable String given) {
        constraints.notNull(path, given);
        if (given == null || given.startsWith(ARN_PREFIX)) {
            return;
        }
        constraints.check(TableName.isWellFormed(given), path, given,
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        constraints.length(path, given, given.length(), NAME_LENGTH);
    }

    /**
     * The name of the table meant.
     *
     * @param account whose tables these are; a table of another account is not found
     */
    static String resolve(String given, String account) {
        if (!given.startsWith(ARN_PREFIX)) {
            return given;
        }
        String[] parts = given.split(":", ARN_PARTS);
        String resource = parts.length == ARN_PARTS ? parts[ARN_PARTS - 1] : "";
        String name = resource.startsWith("table/") ? resource.substring("table/".length()) : "";
        boolean isTable = parts.length == ARN_PARTS && parts[2].equals("dynamodb")
                && name.length() >= TableName.MIN_LENGTH && name.length() <= TableName.MAX_LENGTH
                && TableName.isWellFormed(name);
        if (!isTable) {
            throw DynamoDbException.validation("Invalid table ARN");
        }
        if (!parts[4].equals(account)) {
            throw DynamoDbException.notFound();
        }
        return name;
    }
}
