package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.dynamodb.operation.TableResult;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/** Writes DynamoDB's TableDescription. Pure functions. */
final class TableEncoder {
    private static final int MILLI_DIGITS = 3;

    private TableEncoder() {}

    static void write(JsonGenerator json, TableResult result) {
        TableDefinition table = result.table();
        json.writeObjectPropertyStart(result.member().wireName());
        json.writeArrayPropertyStart("AttributeDefinitions");
        table.attributes().forEach(attribute -> attribute(json, attribute));
        json.writeEndArray();
        json.writeStringProperty("TableName", table.name().name());
        keySchema(json, table.keys());
        json.writeStringProperty("TableStatus", result.status().name());
        json.writeName("CreationDateTime");
        json.writeNumber(seconds(table.identity().createdAtMillis()));
        settings(json, table);
        json.writeNumberProperty("TableSizeBytes", 0L);
        json.writeNumberProperty("ItemCount", 0L);
        json.writeStringProperty("TableArn", result.arn());
        json.writeStringProperty("TableId", table.identity().id().toString());
        IndexEncoder.write(json, table, result.arn());
        TableStream stream = table.extras().stream();
        if (stream != null) {
            stream(json, stream, result.arn());
        }
        json.writeBooleanProperty("DeletionProtectionEnabled",
                table.settings().deletionProtection());
        json.writeEndObject();
    }

    private static void stream(JsonGenerator json, TableStream stream, String arn) {
        if (stream.isEnabled()) {
            json.writeObjectPropertyStart("StreamSpecification");
            json.writeBooleanProperty("StreamEnabled", true);
            json.writeStringProperty("StreamViewType", stream.view().name());
            json.writeEndObject();
        }
        json.writeStringProperty("LatestStreamLabel", stream.label());
        json.writeStringProperty("LatestStreamArn", arn + "/stream/" + stream.label());
    }

    private static void attribute(JsonGenerator json, AttributeDefinition attribute) {
        json.writeStartObject();
        json.writeStringProperty("AttributeName", attribute.name());
        json.writeStringProperty("AttributeType", attribute.type().name());
        json.writeEndObject();
    }

    static void keySchema(JsonGenerator json, KeySchema keys) {
        json.writeArrayPropertyStart("KeySchema");
        key(json, keys.partition(), "HASH");
        AttributeDefinition sort = keys.sort();
        if (sort != null) {
            key(json, sort, "RANGE");
        }
        json.writeEndArray();
    }

    static void key(JsonGenerator json, AttributeDefinition attribute, String keyType) {
        json.writeStartObject();
        json.writeStringProperty("AttributeName", attribute.name());
        json.writeStringProperty("KeyType", keyType);
        json.writeEndObject();
    }

    private static void settings(JsonGenerator json, TableDefinition table) {
        TableSettings settings = table.settings();
        json.writeObjectPropertyStart("ProvisionedThroughput");
        json.writeNumberProperty("NumberOfDecreasesToday", 0L);
        json.writeNumberProperty("ReadCapacityUnits", settings.throughput().readUnits());
        json.writeNumberProperty("WriteCapacityUnits", settings.throughput().writeUnits());
        json.writeEndObject();
        if (settings.billing() == TableSettings.Billing.PAY_PER_REQUEST) {
            json.writeObjectPropertyStart("BillingModeSummary");
            json.writeStringProperty("BillingMode", settings.billing().name());
            json.writeName("LastUpdateToPayPerRequestDateTime");
            json.writeNumber(seconds(table.identity().createdAtMillis()));
            json.writeEndObject();
        }
        TableSettings.TableClass tableClass = settings.tableClass();
        if (tableClass != null) {
            json.writeObjectPropertyStart("TableClassSummary");
            json.writeStringProperty("TableClass", tableClass.name());
            json.writeEndObject();
        }
    }

    static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLI_DIGITS);
    }
}
