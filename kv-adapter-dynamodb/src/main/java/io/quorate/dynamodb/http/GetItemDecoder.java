package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.dynamodb.operation.GetItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import org.jspecify.annotations.Nullable;

/** Decodes GetItem. One use each. */
final class GetItemDecoder {
    private @Nullable String table;
    private @Nullable Item key;
    private @Nullable String keyProblem;
    private @Nullable Boolean consistent;
    private @Nullable String capacity;
    private @Nullable String unsupported;

    static GetItemRequest decode(byte[] body, String account) {
        GetItemDecoder decoder = new GetItemDecoder();
        try (JsonInput in = JsonInput.of(body)) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                decoder.member(name, in, body.length);
            }
            in.end();
        }
        return decoder.request(account);
    }

    private void member(String name, JsonInput in, int bodyLength) {
        switch (name) {
            case "TableName" -> table = in.string();
            case "Key" -> readKey(in, bodyLength);
            case "ConsistentRead" -> consistent = in.bool();
            case "ReturnConsumedCapacity" -> capacity = in.string();
            default -> {
                if (in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private void readKey(JsonInput in, int bodyLength) {
        ItemWriter writer = new ItemWriter(bodyLength);
        AttributeValueDecoder values = new AttributeValueDecoder(in, writer);
        if (values.attributes()) {
            keyProblem = values.problem();
            key = writer.toItem();
        }
    }

    private GetItemRequest request(String account) {
        TableNameParameter.enforceNotEmpty(table);
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        TableNameParameter.check(constraints, table);
        constraints.notNull("key", key);
        constraints.enforce();
        if (table == null || key == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        if (keyProblem != null) {
            throw DynamoDbException.validation(keyProblem);
        }
        return new GetItemRequest(TableNameParameter.resolve(table, account), key,
                Boolean.TRUE.equals(consistent), capacity == null
                        ? ReturnConsumedCapacity.NONE
                        : ReturnConsumedCapacity.valueOf(capacity));
    }
}
