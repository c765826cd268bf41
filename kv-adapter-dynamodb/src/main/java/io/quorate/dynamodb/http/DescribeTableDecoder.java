package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.operation.DescribeTableRequest;
import org.jspecify.annotations.Nullable;

/** Decodes DescribeTable. Pure functions. */
final class DescribeTableDecoder {
    private DescribeTableDecoder() {}

    static DescribeTableRequest decode(byte[] body, String account) {
        @Nullable
        String table = null;
        @Nullable
        String unsupported = null;
        try (JsonInput in = JsonInput.of(body)) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("TableName")) {
                    table = in.string();
                } else if (in.skip()) {
                    unsupported = name;
                }
            }
            in.end();
        }
        TableNameParameter.enforceNotEmpty(table);
        Constraints constraints = new Constraints();
        TableNameParameter.check(constraints, table);
        constraints.enforce();
        if (table == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        return new DescribeTableRequest(TableNameParameter.resolve(table, account));
    }
}
