package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes descriptions of indexes. Pure functions. */
final class IndexEncoder {
    private IndexEncoder() {}

    static void write(JsonGenerator json, TableDefinition table, String tableArn) {
        write(json, "LocalSecondaryIndexes", tableArn,
                table.indexes().stream().filter(index -> !index.isGlobal()).toList());
        write(json, "GlobalSecondaryIndexes", tableArn,
                table.indexes().stream().filter(SecondaryIndex::isGlobal).toList());
    }

    private static void write(JsonGenerator json, String member, String tableArn,
            List<SecondaryIndex> indexes) {
        if (!indexes.isEmpty()) {
            json.writeArrayPropertyStart(member);
            indexes.forEach(index -> write(json, index, tableArn));
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, SecondaryIndex index, String tableArn) {
        json.writeStartObject();
        json.writeStringProperty("IndexName", index.name());
        json.writeArrayPropertyStart("KeySchema");
        index.keys().partition().forEach(key -> TableEncoder.key(json, key, "HASH"));
        index.keys().sort().forEach(key -> TableEncoder.key(json, key, "RANGE"));
        json.writeEndArray();
        json.writeObjectPropertyStart("Projection");
        json.writeStringProperty("ProjectionType", index.projection().type().name());
        if (!index.projection().nonKey().isEmpty()) {
            json.writeArrayPropertyStart("NonKeyAttributes");
            index.projection().nonKey().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
        if (index.isGlobal()) {
            json.writeStringProperty("IndexStatus", index.state().status().name());
            if (index.state().status() == SecondaryIndex.Status.CREATING) {
                json.writeBooleanProperty("Backfilling", true);
            }
            json.writeObjectPropertyStart("ProvisionedThroughput");
            json.writeNumberProperty("NumberOfDecreasesToday", 0L);
            json.writeNumberProperty("ReadCapacityUnits", index.state().throughput().readUnits());
            json.writeNumberProperty("WriteCapacityUnits",
                    index.state().throughput().writeUnits());
            json.writeEndObject();
        }
        json.writeNumberProperty("IndexSizeBytes", 0L);
        json.writeNumberProperty("ItemCount", 0L);
        json.writeStringProperty("IndexArn", tableArn + "/index/" + index.name());
        json.writeEndObject();
    }
}
