package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.ErrorDetail;
import io.quorate.dynamodb.operation.StatementResult;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes what PartiQL statements answer. Pure functions. */
final class StatementEncoder {
    private StatementEncoder() {}

    static void write(JsonGenerator json, StatementResult result) {
        switch (result) {
            case StatementResult.Page page -> {
                json.writeArrayPropertyStart("Items");
                AttributeValueEncoder values = new AttributeValueEncoder(json);
                page.items().forEach(values::item);
                json.writeEndArray();
                page.next().ifPresent(next -> json.writeStringProperty("NextToken", next));
                ItemEncoder.item(json, "LastEvaluatedKey", page.lastKey());
                page.capacity().ifPresent(capacity -> CapacityEncoder.write(json, capacity));
            }
            case StatementResult.Batch batch -> {
                json.writeArrayPropertyStart("Responses");
                batch.answers().forEach(answer -> answer(json, answer));
                json.writeEndArray();
                CapacityEncoder.write(json, batch.capacity());
            }
            case StatementResult.Transaction transaction -> {
                json.writeArrayPropertyStart("Responses");
                transaction.items().forEach(item -> {
                    json.writeStartObject();
                    ItemEncoder.item(json, "Item", item);
                    json.writeEndObject();
                });
                json.writeEndArray();
                CapacityEncoder.write(json, transaction.capacity());
            }
        }
    }

    private static void answer(JsonGenerator json, StatementResult.Answer answer) {
        json.writeStartObject();
        if (answer.error().isPresent()) {
            error(json, answer.error().get());
        }
        if (!answer.table().isEmpty()) {
            json.writeStringProperty("TableName", answer.table());
        }
        ItemEncoder.item(json, "Item", answer.item());
        json.writeEndObject();
    }

    private static void error(JsonGenerator json, DynamoDbException error) {
        json.writeObjectPropertyStart("Error");
        json.writeStringProperty("Code", code(error.error()));
        json.writeStringProperty("Message", error.text());
        if (error.detail() instanceof ErrorDetail.Found found) {
            ItemEncoder.item(json, "Item", Optional.of(found.item()));
        }
        json.writeEndObject();
    }

    /** BatchStatementErrorCodeEnum. */
    private static String code(DynamoDbError error) {
        return switch (error) {
            case CONDITIONAL_CHECK_FAILED -> "ConditionalCheckFailed";
            case DUPLICATE_ITEM -> "DuplicateItem";
            case RESOURCE_NOT_FOUND -> "ResourceNotFound";
            case ACCESS_DENIED -> "AccessDenied";
            case THROTTLING -> "ThrottlingError";
            case TRANSACTION_CONFLICT -> "TransactionConflict";
            case INTERNAL_SERVER_ERROR -> "InternalServerError";
            case VALIDATION, SERIALIZATION, UNKNOWN_OPERATION, RESOURCE_IN_USE,
                    TRANSACTION_CANCELED, IDEMPOTENT_PARAMETER_MISMATCH, LIMIT_EXCEEDED,
                    POLICY_NOT_FOUND, EXPIRED_ITERATOR, TRIMMED_DATA_ACCESS ->
                "ValidationError";
        };
    }
}
