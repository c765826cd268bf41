package io.quorate.dynamodb.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.ConsumedCapacity;
import io.quorate.dynamodb.operation.CreateTableResult;
import io.quorate.dynamodb.operation.DescribeTableResult;
import io.quorate.dynamodb.operation.DynamoDbResult;
import io.quorate.dynamodb.operation.GetItemResult;
import io.quorate.dynamodb.operation.PutItemResult;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes results as the documents DynamoDB answers. Pure functions. */
final class ResultEncoder {
    private static final int SMALL = 256;

    private ResultEncoder() {}

    static byte[] encode(DynamoDbResult result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(expectedLength(result));
        try (JsonGenerator json = AwsJson.generator(out)) {
            json.writeStartObject();
            switch (result) {
                case CreateTableResult create ->
                    TableEncoder.write(json, "TableDescription", create);
                case DescribeTableResult describe -> TableEncoder.write(json, "Table", describe);
                case PutItemResult put -> {
                    item(json, "Attributes", put.old());
                    capacity(json, put.capacity());
                }
                case GetItemResult get -> {
                    item(json, "Item", get.item());
                    capacity(json, get.capacity());
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static int expectedLength(DynamoDbResult result) {
        return switch (result) {
            case CreateTableResult create -> 4 * SMALL;
            case DescribeTableResult describe -> 4 * SMALL;
            case PutItemResult put -> expectedLength(put.old());
            case GetItemResult get -> expectedLength(get.item());
        };
    }

    private static int expectedLength(Optional<Item> item) {
        return SMALL + item.map(found -> found.shared().length * 3 / 2).orElse(0);
    }

    private static void item(JsonGenerator json, String name, Optional<Item> item) {
        if (item.isPresent()) {
            json.writeName(name);
            new AttributeValueEncoder(json).item(item.get());
        }
    }

    private static void capacity(JsonGenerator json, Optional<ConsumedCapacity> consumed) {
        if (consumed.isEmpty()) {
            return;
        }
        ConsumedCapacity capacity = consumed.get();
        json.writeObjectPropertyStart("ConsumedCapacity");
        json.writeStringProperty("TableName", capacity.table());
        json.writeNumberProperty("CapacityUnits", capacity.units());
        if (capacity.byTable()) {
            json.writeObjectPropertyStart("Table");
            json.writeNumberProperty("CapacityUnits", capacity.units());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
