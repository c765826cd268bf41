package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.BatchGetItemRequest;
import io.quorate.dynamodb.operation.BatchWriteItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes BatchWriteItem. One use each. */
final class BatchWriteItemDecoder {
    private static final String PREFIX = "class com.amazonaws.dynamodb.v20120810.";
    private static final Constraints.Bounds TABLES = new Constraints.Bounds(1, 25);
    private static final Constraints.Bounds WRITES = new Constraints.Bounds(1, 25);

    private final RequestBody body;
    private @Nullable Map<String, List<Write>> tables;
    private @Nullable String capacity;
    private @Nullable String metrics;
    private @Nullable String unsupported;

    private BatchWriteItemDecoder(RequestBody body) {
        this.body = body;
    }

    static BatchWriteItemRequest decode(RequestBody body) {
        BatchWriteItemDecoder decoder = new BatchWriteItemDecoder(body);
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                decoder.member(name, in);
            }
            in.end();
        }
        return decoder.request();
    }

    private void member(String name, JsonInput in) {
        switch (name) {
            case "RequestItems" -> readTables(in);
            case "ReturnConsumedCapacity" -> capacity = in.string();
            case "ReturnItemCollectionMetrics" -> metrics = in.string();
            default -> skip(name, in);
        }
    }

    private void skip(String name, JsonInput in) {
        if (in.skip() && unsupported == null) {
            unsupported = name;
        }
    }

    private void readTables(JsonInput in) {
        if (!in.beginObject("java.util.Map<java.lang.String, java.util.List<"
                + "com.amazonaws.dynamodb.v20120810.WriteRequest>>")) {
            return;
        }
        tables = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.beginArray()) {
                List<Write> writes = new ArrayList<>();
                while (in.next() != JsonToken.END_ARRAY) {
                    if (in.beginElement(PREFIX + "WriteRequest")) {
                        writes.add(readWrite(in));
                    }
                }
                tables.put(name, writes);
            }
        }
    }

    private Write readWrite(JsonInput in) {
        ItemInput put = null;
        ItemInput delete = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "PutRequest" -> put = inner(in, name, "Item");
                case "DeleteRequest" -> delete = inner(in, name, "Key");
                default -> skip(name, in);
            }
        }
        return new Write(put, delete);
    }

    private @Nullable ItemInput inner(JsonInput in, String type, String member) {
        if (!in.beginObject(PREFIX + type)) {
            return null;
        }
        ItemInput item = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals(member)) {
                item = ItemInput.read(in, body.length());
            } else {
                skip(name, in);
            }
        }
        if (item == null) {
            throw DynamoDbException.validation("1 validation error detected: Value null at"
                    + " 'requestItems.member." + type + "." + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return item;
    }

    private BatchWriteItemRequest request() {
        checkConstraints();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        List<BatchWriteItemRequest.Writes> writes = new ArrayList<>();
        int count = 0;
        if (tables != null) {
            for (Map.Entry<String, List<Write>> table : tables.entrySet()) {
                writes.add(writes(table.getKey(), table.getValue()));
                count += table.getValue().size();
            }
        }
        if (count > BatchWriteItemRequest.MAX_WRITES) {
            throw DynamoDbException
                    .validation("Too many items requested for the BatchWriteItem call");
        }
        return new BatchWriteItemRequest(writes, Parameters.capacity(capacity),
                "SIZE".equals(metrics));
    }

    private BatchWriteItemRequest.Writes writes(String name, List<Write> given) {
        return new BatchWriteItemRequest.Writes(
                new BatchGetItemRequest.TableReference(name,
                        TableNameParameter.resolve(name, body.account())),
                given.stream().map(Write::change).toList());
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        constraints.oneOf("returnItemCollectionMetrics", metrics, "SIZE", "NONE");
        constraints.notNull("requestItems", tables);
        if (tables != null) {
            constraints.length("requestItems", tables.keySet(), tables.size(), TABLES);
            tables.forEach((name, writes) -> {
                TableNameParameter.check(constraints, name);
                constraints.length("requestItems." + name + ".member",
                        "[" + writes.size() + " writes]", writes.size(), WRITES);
            });
        }
        constraints.enforce();
    }

    /** One write; exactly one of the two is there. */
    private record Write(@Nullable ItemInput put, @Nullable ItemInput delete) {
        BatchWriteItemRequest.Change change() {
            ItemInput item = put == null ? delete : put;
            if (item == null) {
                throw DynamoDbException.validation("Supplied AttributeValue has no PutRequest or"
                        + " DeleteRequest, must contain exactly one of them");
            }
            if (put != null && delete != null) {
                throw DynamoDbException.validation("Supplied AttributeValue has more than one"
                        + " datatypes set, must contain exactly one of the supported datatypes");
            }
            if (item.problem() != null) {
                throw DynamoDbException.validation(item.problem());
            }
            if (put != null && item.item().sizeBytes() > Item.MAX_SIZE_BYTES) {
                throw DynamoDbException
                        .validation("Item size has exceeded the maximum allowed size");
            }
            return new BatchWriteItemRequest.Change(
                    put != null ? ItemWrite.Action.PUT : ItemWrite.Action.DELETE, item.item());
        }
    }
}
