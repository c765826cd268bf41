package io.quorate.dynamodb.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.BatchGetItemResult;
import io.quorate.dynamodb.operation.BatchWriteItemResult;
import io.quorate.dynamodb.operation.DynamoDbResult;
import io.quorate.dynamodb.operation.FactsResult;
import io.quorate.dynamodb.operation.GetItemResult;
import io.quorate.dynamodb.operation.ListTablesResult;
import io.quorate.dynamodb.operation.PageResult;
import io.quorate.dynamodb.operation.PolicyResult;
import io.quorate.dynamodb.operation.StatementResult;
import io.quorate.dynamodb.operation.StreamResult;
import io.quorate.dynamodb.operation.TableResult;
import io.quorate.dynamodb.operation.TagsResult;
import io.quorate.dynamodb.operation.TimeToLiveResult;
import io.quorate.dynamodb.operation.TransactGetItemsResult;
import io.quorate.dynamodb.operation.TransactWriteItemsResult;
import io.quorate.dynamodb.operation.WriteItemResult;
import java.io.ByteArrayOutputStream;
import java.util.List;
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
                case TableResult table -> TableEncoder.write(json, table);
                case ListTablesResult list -> PropertiesEncoder.write(json, list);
                case FactsResult facts -> PropertiesEncoder.write(json, facts);
                case TagsResult tags -> PropertiesEncoder.write(json, tags);
                case TimeToLiveResult expiry -> PropertiesEncoder.write(json, expiry);
                case PolicyResult policy -> PropertiesEncoder.write(json, policy);
                case WriteItemResult write -> ItemEncoder.write(json, write);
                case GetItemResult get -> ItemEncoder.write(json, get);
                case PageResult page -> ItemEncoder.write(json, page);
                case BatchGetItemResult batch -> GroupEncoder.write(json, batch);
                case BatchWriteItemResult batch -> GroupEncoder.write(json, batch);
                case TransactGetItemsResult gets -> GroupEncoder.write(json, gets);
                case TransactWriteItemsResult writes -> GroupEncoder.write(json, writes);
                case StreamResult stream -> StreamEncoder.write(json, stream);
                case StatementResult statement -> StatementEncoder.write(json, statement);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static int expectedLength(DynamoDbResult result) {
        return switch (result) {
            case WriteItemResult write -> expectedLength(write.attributes());
            case GetItemResult get -> expectedLength(get.item());
            case PageResult page -> SMALL + page.items().orElse(List.of()).stream()
                    .mapToInt(item -> item.shared().length * 3 / 2).sum();
            case TableResult other -> 4 * SMALL;
            case ListTablesResult other -> 4 * SMALL;
            case FactsResult other -> SMALL;
            case TagsResult other -> SMALL;
            case TimeToLiveResult other -> SMALL;
            case PolicyResult other -> SMALL;
            case BatchGetItemResult other -> 4 * SMALL;
            case BatchWriteItemResult other -> SMALL;
            case TransactGetItemsResult other -> 4 * SMALL;
            case TransactWriteItemsResult other -> SMALL;
            case StreamResult other -> 4 * SMALL;
            case StatementResult other -> 4 * SMALL;
        };
    }

    private static int expectedLength(Optional<Item> item) {
        return SMALL + item.map(found -> found.shared().length * 3 / 2).orElse(0);
    }
}
