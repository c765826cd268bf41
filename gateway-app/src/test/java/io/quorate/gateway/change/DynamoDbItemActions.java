package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items of one table; each trial's item has its id for key and begins with {@code v} 1. */
final class DynamoDbItemActions implements ActionCases {
    private static final String TABLE = "items-across-leaders";
    private static final Map<String, AttributeValue> ONE = Map.of(":one",
            AttributeValue.fromN("1"));
    private static final String UPDATE = "UPDATE \"" + TABLE + "\" SET v = v + 1 WHERE id = ?";

    @Override
    public String service() {
        return "DynamoDB";
    }

    @Override
    public void furnish(Sdk sdk) {
        var unused = DynamoDbTableActions.create(sdk, TABLE);
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(writes(), reads(), groups(), statements()).flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> writes() {
        return List.of(
                ActionCase.of("PutItem", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().putItem(put -> put.tableName(TABLE)
                                .item(item(id, 2)).returnValues(ReturnValue.ALL_OLD)).attributes(),
                        (sdk, id, old) -> {
                            assertThat(old).isEqualTo(item(id, 1));
                            assertThat(get(sdk, id)).isEqualTo(item(id, 2));
                        }),
                ActionCase.of("UpdateItem", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().updateItem(update -> update.tableName(TABLE)
                                .key(key(id)).updateExpression("ADD v :one")
                                .expressionAttributeValues(ONE)
                                .returnValues(ReturnValue.ALL_NEW)).attributes(),
                        (sdk, id, now) -> {
                            assertThat(now).isEqualTo(item(id, 2));
                            assertThat(get(sdk, id)).isEqualTo(item(id, 2));
                        }),
                ActionCase.of("DeleteItem", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().deleteItem(delete -> delete.tableName(TABLE)
                                .key(key(id)).returnValues(ReturnValue.ALL_OLD)).attributes(),
                        (sdk, id, old) -> {
                            assertThat(old).isEqualTo(item(id, 1));
                            assertThat(get(sdk, id)).isEmpty();
                        }));
    }

    private static List<ActionCase<?, ?>> reads() {
        return List.of(
                ActionCase.of("GetItem", DynamoDbItemActions::item, DynamoDbItemActions::get,
                        (sdk, id, found) -> assertThat(found).isEqualTo(item(id, 1))),
                ActionCase.of("Query", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().query(query -> query.tableName(TABLE)
                                .consistentRead(true).keyConditionExpression("id = :id")
                                .expressionAttributeValues(Map.of(":id", text(id)))).items(),
                        (sdk, id, found) -> assertThat(found).containsExactly(item(id, 1))),
                ActionCase.of("Scan", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().scan(scan -> scan.tableName(TABLE)
                                .consistentRead(true).filterExpression("id = :id")
                                .expressionAttributeValues(Map.of(":id", text(id)))).items(),
                        (sdk, id, found) -> assertThat(found).containsExactly(item(id, 1))));
    }

    private static List<ActionCase<?, ?>> groups() {
        return List.of(
                ActionCase.of("BatchGetItem", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().batchGetItem(get -> get.requestItems(
                                Map.of(TABLE,
                                        KeysAndAttributes.builder().keys(List.of(key(id)))
                                                .build()))),
                        (sdk, id, found) -> assertThat(found.responses().get(TABLE))
                                .containsExactly(item(id, 1))),
                ActionCase.of("BatchWriteItem", (sdk, id) -> id,
                        (sdk, id) -> sdk.dynamoDb().batchWriteItem(write -> write.requestItems(
                                Map.of(TABLE, List.of(WriteRequest.builder().putRequest(
                                        PutRequest.builder().item(item(id, 3)).build()).build())))),
                        (sdk, id, done) -> {
                            assertThat(done.unprocessedItems()).isEmpty();
                            assertThat(get(sdk, id)).isEqualTo(item(id, 3));
                        }),
                ActionCase.of("TransactGetItems", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().transactGetItems(get -> get.transactItems(
                                TransactGetItem.builder()
                                        .get(one -> one.tableName(TABLE).key(key(id))).build())),
                        (sdk, id, found) -> assertThat(found.responses()).singleElement()
                                .satisfies(one -> assertThat(one.item()).isEqualTo(item(id, 1)))),
                ActionCase.of("TransactWriteItems", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().transactWriteItems(write -> write
                                .clientRequestToken(UUID.randomUUID().toString())
                                .transactItems(add(id), add(id + "-beside"))),
                        (sdk, id, done) -> {
                            assertThat(get(sdk, id)).isEqualTo(item(id, 2));
                            assertThat(get(sdk, id + "-beside")).isEqualTo(item(id + "-beside", 1));
                        }));
    }

    private static List<ActionCase<?, ?>> statements() {
        return List.of(
                ActionCase.of("ExecuteStatement", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().executeStatement(
                                of -> of.statement(UPDATE).parameters(text(id))),
                        (sdk, id, done) -> assertThat(get(sdk, id)).isEqualTo(item(id, 2))),
                ActionCase.of("BatchExecuteStatement", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().batchExecuteStatement(
                                of -> of.statements(BatchStatementRequest.builder()
                                        .statement(UPDATE).parameters(text(id)).build())),
                        (sdk, id, done) -> {
                            assertThat(done.responses()).singleElement()
                                    .satisfies(one -> assertThat(one.error()).isNull());
                            assertThat(get(sdk, id)).isEqualTo(item(id, 2));
                        }),
                ActionCase.of("ExecuteTransaction", DynamoDbItemActions::item,
                        (sdk, id) -> sdk.dynamoDb().executeTransaction(
                                of -> of.clientRequestToken(UUID.randomUUID().toString())
                                        .transactStatements(ParameterizedStatement.builder()
                                                .statement(UPDATE).parameters(text(id)).build())),
                        (sdk, id, done) -> assertThat(get(sdk, id)).isEqualTo(item(id, 2))));
    }

    private static TransactWriteItem add(String id) {
        return TransactWriteItem.builder().update(Update.builder().tableName(TABLE).key(key(id))
                .updateExpression("ADD v :one").expressionAttributeValues(ONE).build()).build();
    }

    private static String item(Sdk sdk, String id) {
        sdk.dynamoDb().putItem(put -> put.tableName(TABLE).item(item(id, 1)));
        return id;
    }

    private static Map<String, AttributeValue> get(Sdk sdk, String id) {
        return sdk.dynamoDb()
                .getItem(get -> get.tableName(TABLE).key(key(id)).consistentRead(true)).item();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", text(id));
    }

    private static Map<String, AttributeValue> item(String id, int v) {
        return Map.of("id", text(id), "v", AttributeValue.fromN(String.valueOf(v)));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
