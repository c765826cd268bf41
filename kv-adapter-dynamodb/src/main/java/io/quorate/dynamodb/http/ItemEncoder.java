package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.GetItemResult;
import io.quorate.dynamodb.operation.PageResult;
import io.quorate.dynamodb.operation.WriteItemResult;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes what actions on items of one table answer. Pure functions. */
final class ItemEncoder {
    private ItemEncoder() {}

    static void write(JsonGenerator json, WriteItemResult result) {
        item(json, "Attributes", result.attributes());
        result.capacity().ifPresent(capacity -> CapacityEncoder.write(json, capacity));
        if (result.collection().isPresent()) {
            json.writeName("ItemCollectionMetrics");
            collection(json, result.collection().get());
        }
    }

    static void write(JsonGenerator json, GetItemResult result) {
        item(json, "Item", result.item());
        result.capacity().ifPresent(capacity -> CapacityEncoder.write(json, capacity));
    }

    static void write(JsonGenerator json, PageResult result) {
        if (result.items().isPresent()) {
            json.writeArrayPropertyStart("Items");
            AttributeValueEncoder values = new AttributeValueEncoder(json);
            result.items().get().forEach(values::item);
            json.writeEndArray();
        }
        json.writeNumberProperty("Count", result.counts().found());
        json.writeNumberProperty("ScannedCount", result.counts().scanned());
        item(json, "LastEvaluatedKey", result.lastKey());
        result.capacity().ifPresent(capacity -> CapacityEncoder.write(json, capacity));
    }

    static void item(JsonGenerator json, String name, Optional<Item> item) {
        if (item.isPresent()) {
            json.writeName(name);
            new AttributeValueEncoder(json).item(item.get());
        }
    }

    /** An item collection whose size is not estimated: between nothing and a gigabyte. */
    static void collection(JsonGenerator json, Item key) {
        json.writeStartObject();
        json.writeName("ItemCollectionKey");
        new AttributeValueEncoder(json).item(key);
        json.writeArrayPropertyStart("SizeEstimateRangeGB");
        json.writeNumber(0.0);
        json.writeNumber(1.0);
        json.writeEndArray();
        json.writeEndObject();
    }
}
