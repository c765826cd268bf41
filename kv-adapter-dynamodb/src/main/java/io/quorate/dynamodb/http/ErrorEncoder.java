package io.quorate.dynamodb.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.ErrorDetail;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes errors that say more than type and message. Pure functions. */
final class ErrorEncoder {
    private static final int SMALL = 512;

    private ErrorEncoder() {}

    /** The document, or empty if type and message are all. */
    static Optional<byte[]> encode(DynamoDbException refusal) {
        return switch (refusal.detail()) {
            case ErrorDetail.None none -> Optional.empty();
            case ErrorDetail.Found found -> Optional.of(document(refusal, "message", json -> {
                json.writeName("Item");
                new AttributeValueEncoder(json).item(found.item());
            }));
            case ErrorDetail.Reasons reasons ->
                Optional.of(document(refusal, "Message", json -> reasons(json, reasons)));
        };
    }

    private static byte[] document(DynamoDbException refusal, String messageName, Detail detail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(SMALL);
        try (JsonGenerator json = AwsJson.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("__type", refusal.error().type());
            json.writeStringProperty(messageName, refusal.text());
            detail.write(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void reasons(JsonGenerator json, ErrorDetail.Reasons reasons) {
        json.writeArrayPropertyStart("CancellationReasons");
        reasons.reasons().forEach(reason -> {
            json.writeStartObject();
            json.writeStringProperty("Code", reason.code());
            if (!reason.message().isEmpty()) {
                json.writeStringProperty("Message", reason.message());
            }
            ItemEncoder.item(json, "Item", reason.item());
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    /** Writes further members. */
    private interface Detail {
        void write(JsonGenerator json);
    }
}
