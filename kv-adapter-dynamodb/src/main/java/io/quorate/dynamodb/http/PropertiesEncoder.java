package io.quorate.dynamodb.http;

import io.quorate.dynamodb.operation.FactsResult;
import io.quorate.dynamodb.operation.ListTablesResult;
import io.quorate.dynamodb.operation.PolicyResult;
import io.quorate.dynamodb.operation.TagsResult;
import io.quorate.dynamodb.operation.TimeToLiveResult;
import tools.jackson.core.JsonGenerator;

/** Writes what actions on tables' properties answer. Pure functions. */
final class PropertiesEncoder {
    private PropertiesEncoder() {}

    static void write(JsonGenerator json, ListTablesResult result) {
        json.writeArrayPropertyStart("TableNames");
        result.names().forEach(json::writeString);
        json.writeEndArray();
        if (result.more()) {
            json.writeStringProperty("LastEvaluatedTableName", result.names().getLast());
        }
    }

    static void write(JsonGenerator json, FactsResult result) {
        switch (result) {
            case FactsResult.Limits limits -> {
                json.writeNumberProperty("AccountMaxReadCapacityUnits", limits.accountUnits());
                json.writeNumberProperty("AccountMaxWriteCapacityUnits", limits.accountUnits());
                json.writeNumberProperty("TableMaxReadCapacityUnits", limits.tableUnits());
                json.writeNumberProperty("TableMaxWriteCapacityUnits", limits.tableUnits());
            }
            case FactsResult.Endpoint endpoint -> {
                json.writeArrayPropertyStart("Endpoints");
                json.writeStartObject();
                json.writeStringProperty("Address", endpoint.address());
                json.writeNumberProperty("CachePeriodInMinutes", endpoint.cacheMinutes());
                json.writeEndObject();
                json.writeEndArray();
            }
        }
    }

    static void write(JsonGenerator json, TagsResult result) {
        if (result instanceof TagsResult.Tags tags) {
            json.writeArrayPropertyStart("Tags");
            tags.tags().forEach(tag -> {
                json.writeStartObject();
                json.writeStringProperty("Key", tag.key());
                json.writeStringProperty("Value", tag.value());
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }

    static void write(JsonGenerator json, TimeToLiveResult result) {
        switch (result) {
            case TimeToLiveResult.Changed changed -> {
                json.writeObjectPropertyStart("TimeToLiveSpecification");
                json.writeBooleanProperty("Enabled", changed.enabled());
                json.writeStringProperty("AttributeName", changed.attribute());
                json.writeEndObject();
            }
            case TimeToLiveResult.Described described -> {
                json.writeObjectPropertyStart("TimeToLiveDescription");
                json.writeStringProperty("TimeToLiveStatus",
                        described.attribute().isPresent() ? "ENABLED" : "DISABLED");
                described.attribute()
                        .ifPresent(name -> json.writeStringProperty("AttributeName", name));
                json.writeEndObject();
            }
        }
    }

    static void write(JsonGenerator json, PolicyResult result) {
        result.document().ifPresent(document -> json.writeStringProperty("Policy", document));
        result.revision()
                .ifPresent(revision -> json.writeStringProperty("RevisionId", revision));
    }
}
