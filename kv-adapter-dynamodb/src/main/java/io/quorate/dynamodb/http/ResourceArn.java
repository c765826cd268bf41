package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import org.jspecify.annotations.Nullable;

/** The parameter ResourceArn: the ARN of a table. Pure functions. */
final class ResourceArn {
    private static final Constraints.Bounds LENGTH = new Constraints.Bounds(1, 1283);

    private ResourceArn() {}

    static void check(Constraints constraints, @Nullable String arn) {
        constraints.notNull("resourceArn", arn);
        constraints.length("resourceArn", arn, arn == null ? 0 : arn.length(), LENGTH);
    }

    /** The table's name. */
    static String resolve(@Nullable String arn, String account) {
        if (arn == null || !arn.startsWith("arn:")) {
            throw DynamoDbException.validation(
                    "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        return TableNameParameter.resolve(arn, account);
    }
}
