package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.dynamodb.operation.PutItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import org.jspecify.annotations.Nullable;

/** Decodes PutItem. One use each. */
final class PutItemDecoder {
    private static final String ENVELOPE = "1 validation error detected: ";

    private @Nullable String table;
    private @Nullable Item item;
    private @Nullable String itemProblem;
    private @Nullable String returnValues;
    private @Nullable String capacity;
    private @Nullable String metrics;
    private @Nullable String onCheckFailure;
    private @Nullable String unsupported;

    static PutItemRequest decode(byte[] body, String account) {
        PutItemDecoder decoder = new PutItemDecoder();
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
            case "Item" -> readItem(in, bodyLength);
            case "ReturnValues" -> returnValues = in.string();
            case "ReturnConsumedCapacity" -> capacity = in.string();
            case "ReturnItemCollectionMetrics" -> metrics = in.string();
            case "ReturnValuesOnConditionCheckFailure" -> onCheckFailure = in.string();
            default -> {
                if (in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private void readItem(JsonInput in, int bodyLength) {
        ItemWriter writer = new ItemWriter(bodyLength);
        AttributeValueDecoder values = new AttributeValueDecoder(in, writer);
        if (values.attributes()) {
            itemProblem = values.problem();
            item = writer.toItem();
        }
    }

    private PutItemRequest request(String account) {
        TableNameParameter.enforceNotEmpty(table);
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        TableNameParameter.check(constraints, table);
        constraints.notNull("item", item);
        constraints.oneOf("returnValues", returnValues, "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE",
                "UPDATED_NEW");
        constraints.oneOf("returnItemCollectionMetrics", metrics, "SIZE", "NONE");
        constraints.oneOf("returnValuesOnConditionCheckFailure", onCheckFailure, "ALL_OLD", "NONE");
        constraints.enforce();
        if (table == null || item == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        checkValues(item);
        return new PutItemRequest(TableNameParameter.resolve(table, account), item,
                "ALL_OLD".equals(returnValues), capacity == null
                        ? ReturnConsumedCapacity.NONE
                        : ReturnConsumedCapacity.valueOf(capacity));
    }

    private void checkValues(Item decoded) {
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        if (itemProblem != null) {
            throw DynamoDbException.validation(ENVELOPE + itemProblem);
        }
        boolean known = returnValues == null || returnValues.equals("NONE")
                || returnValues.equals("ALL_OLD");
        if (!known) {
            throw DynamoDbException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        if (decoded.sizeBytes() > Item.MAX_SIZE_BYTES) {
            throw DynamoDbException
                    .validation("Item size has exceeded the maximum allowed size");
        }
    }
}
