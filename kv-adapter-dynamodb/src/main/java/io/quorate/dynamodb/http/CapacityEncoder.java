package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.operation.ConsumedCapacity;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes consumed capacity. Pure functions. */
final class CapacityEncoder {
    private static final String NAME = "ConsumedCapacity";
    private static final String UNITS = "CapacityUnits";

    private CapacityEncoder() {}

    static void write(JsonGenerator json, ConsumedCapacity capacity) {
        json.writeName(NAME);
        object(json, capacity);
    }

    /** A list, unless it is empty because nobody asked. */
    static void write(JsonGenerator json, List<ConsumedCapacity> capacity) {
        if (!capacity.isEmpty()) {
            json.writeArrayPropertyStart(NAME);
            capacity.forEach(one -> object(json, one));
            json.writeEndArray();
        }
    }

    private static void object(JsonGenerator json, ConsumedCapacity capacity) {
        json.writeStartObject();
        json.writeStringProperty("TableName", capacity.table());
        units(json, capacity.kind(), capacity.units());
        if (capacity.detailed()) {
            json.writeObjectPropertyStart("Table");
            units(json, capacity.kind(), capacity.tableUnits());
            json.writeEndObject();
            indexes(json, capacity, SecondaryIndex.Scope.LOCAL, "LocalSecondaryIndexes");
            indexes(json, capacity, SecondaryIndex.Scope.GLOBAL, "GlobalSecondaryIndexes");
        }
        json.writeEndObject();
    }

    private static void units(JsonGenerator json, ConsumedCapacity.Kind kind, double units) {
        json.writeNumberProperty(UNITS, units);
        switch (kind) {
            case PLAIN -> {
            }
            case TRANSACTIONAL_READ -> json.writeNumberProperty("ReadCapacityUnits", units);
            case TRANSACTIONAL_WRITE -> json.writeNumberProperty("WriteCapacityUnits", units);
        }
    }

    private static void indexes(JsonGenerator json, ConsumedCapacity capacity,
            SecondaryIndex.Scope scope, String name) {
        boolean any = capacity.indexes().keySet().stream()
                .anyMatch(index -> index.scope() == scope);
        if (!any) {
            return;
        }
        json.writeObjectPropertyStart(name);
        capacity.indexes().forEach((index, units) -> {
            if (index.scope() == scope) {
                json.writeObjectPropertyStart(index.name());
                units(json, capacity.kind(), units);
                json.writeEndObject();
            }
        });
        json.writeEndObject();
    }
}
