package io.quorate.gateway.it;

import static io.quorate.gateway.it.DynamoDbItems.TABLE;
import static io.quorate.gateway.it.DynamoDbItems.item;
import static io.quorate.gateway.it.DynamoDbItems.key;
import static io.quorate.gateway.it.DynamoDbItems.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Batches and transactions by an unmodified client. */
class DynamoDbGroupsIT {
    @TempDir
    Path data;

    private RunningServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        client = server.clients().dynamoDb();
        DynamoDbItems.createTable(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static TransactGetItem read(String a, int b) {
        return TransactGetItem.builder().get(get -> get.tableName(TABLE).key(key(a, b))).build();
    }

    @Test
    void aBatchIsWrittenAndRead() {
        List<WriteRequest> puts = IntStream.range(0, 25)
                .mapToObj(b -> WriteRequest.builder().putRequest(put -> put.item(item("k", b, "x")))
                        .build())
                .toList();
        assertThat(client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts)))
                .unprocessedItems()).isEmpty();

        BatchGetItemResponse found = client.batchGetItem(request -> request.requestItems(Map.of(
                TABLE,
                KeysAndAttributes.builder()
                        .keys(IntStream.range(0, 30).mapToObj(b -> key("k", b)).toList())
                        .projectionExpression("b").build())));

        assertThat(found.responses().get(TABLE)).hasSize(25)
                .allSatisfy(item -> assertThat(item).containsOnlyKeys("b"));
        assertThat(found.unprocessedKeys()).isEmpty();
    }

    @Test
    void hundredActionsHappenTogetherOnce() {
        List<TransactWriteItem> actions = IntStream.range(0, 100)
                .mapToObj(b -> TransactWriteItem.builder()
                        .update(update -> update.tableName(TABLE).key(key("k", b))
                                .updateExpression("ADD v :one")
                                .expressionAttributeValues(Map.of(":one", number(1))))
                        .build())
                .toList();
        for (int i = 0; i < 2; i++) {
            client.transactWriteItems(
                    request -> request.transactItems(actions).clientRequestToken("token"));
        }

        assertThat(client.transactGetItems(request -> request
                .transactItems(read("k", 0), read("k", 99), read("k", 100))).responses())
                .satisfiesExactly(one -> assertThat(one.item()).containsEntry("v", number(1)),
                        one -> assertThat(one.item()).containsEntry("v", number(1)),
                        one -> assertThat(one.hasItem()).isFalse());
        assertThatThrownBy(() -> client.transactWriteItems(request -> request
                .transactItems(actions.subList(0, 2)).clientRequestToken("token")))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void aCancelledTransactionSaysWhyByPosition() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));

        assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(TABLE).item(item("k", 2, "x"))).build(),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(TABLE).key(key("k", 1))
                                .conditionExpression("attribute_not_exists(a)")
                                .returnValuesOnConditionCheckFailure(
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
                        .build())))
                .isInstanceOfSatisfying(TransactionCanceledException.class, cancelled -> {
                    assertThat(cancelled.cancellationReasons())
                            .extracting(CancellationReason::code)
                            .containsExactly("None", "ConditionalCheckFailed");
                    assertThat(cancelled.cancellationReasons().get(1).item())
                            .isEqualTo(item("k", 1, "x"));
                });
        assertThat(client.getItem(request -> request.tableName(TABLE).key(key("k", 2))).hasItem())
                .isFalse();
    }
}
