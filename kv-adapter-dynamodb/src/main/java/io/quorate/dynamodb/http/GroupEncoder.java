package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.BatchGetItemRequest;
import io.quorate.dynamodb.operation.BatchGetItemResult;
import io.quorate.dynamodb.operation.BatchWriteItemRequest;
import io.quorate.dynamodb.operation.BatchWriteItemResult;
import io.quorate.dynamodb.operation.TransactGetItemsResult;
import io.quorate.dynamodb.operation.TransactWriteItemsResult;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes what actions on items of several tables answer. Pure functions. */
final class GroupEncoder {
    private GroupEncoder() {}

    static void write(JsonGenerator json, BatchGetItemResult result) {
        json.writeObjectPropertyStart("Responses");
        result.found().forEach(table -> {
            json.writeArrayPropertyStart(table.table());
            items(json, table.items());
            json.writeEndArray();
        });
        json.writeEndObject();
        json.writeObjectPropertyStart("UnprocessedKeys");
        result.unprocessed().forEach(gets -> unprocessed(json, gets));
        json.writeEndObject();
        CapacityEncoder.write(json, result.capacity());
    }

    private static void unprocessed(JsonGenerator json, BatchGetItemRequest.Gets gets) {
        json.writeObjectPropertyStart(gets.name().given());
        json.writeArrayPropertyStart("Keys");
        items(json, gets.keys());
        json.writeEndArray();
        json.writeBooleanProperty("ConsistentRead", gets.selection().consistent());
        BatchGetItemRequest.AsGiven given = gets.selection().asGiven();
        if (!given.projection().isEmpty()) {
            json.writeStringProperty("ProjectionExpression", given.projection());
        }
        if (!given.names().isEmpty()) {
            json.writeObjectPropertyStart("ExpressionAttributeNames");
            given.names().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        if (!given.attributesToGet().isEmpty()) {
            json.writeArrayPropertyStart("AttributesToGet");
            given.attributesToGet().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, BatchWriteItemResult result) {
        json.writeObjectPropertyStart("UnprocessedItems");
        for (BatchWriteItemRequest.Writes table : result.unprocessed()) {
            json.writeArrayPropertyStart(table.name().given());
            table.changes().forEach(change -> change(json, change));
            json.writeEndArray();
        }
        json.writeEndObject();
        collections(json, result.collections());
        CapacityEncoder.write(json, result.capacity());
    }

    private static void change(JsonGenerator json, BatchWriteItemRequest.Change change) {
        boolean put = change.action() == ItemWrite.Action.PUT;
        json.writeStartObject();
        json.writeObjectPropertyStart(put ? "PutRequest" : "DeleteRequest");
        json.writeName(put ? "Item" : "Key");
        new AttributeValueEncoder(json).item(change.item());
        json.writeEndObject();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, TransactGetItemsResult result) {
        json.writeArrayPropertyStart("Responses");
        result.items().forEach(item -> {
            json.writeStartObject();
            ItemEncoder.item(json, "Item", item);
            json.writeEndObject();
        });
        json.writeEndArray();
        CapacityEncoder.write(json, result.capacity());
    }

    static void write(JsonGenerator json, TransactWriteItemsResult result) {
        collections(json, result.collections());
        CapacityEncoder.write(json, result.capacity());
    }

    private static void collections(JsonGenerator json, Map<String, List<Item>> collections) {
        if (collections.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("ItemCollectionMetrics");
        collections.forEach((table, keys) -> {
            json.writeArrayPropertyStart(table);
            keys.forEach(key -> ItemEncoder.collection(json, key));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private static void items(JsonGenerator json, List<Item> items) {
        AttributeValueEncoder values = new AttributeValueEncoder(json);
        items.forEach(values::item);
    }
}
