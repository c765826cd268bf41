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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** UpdateItem, DeleteItem and conditional PutItem by an unmodified client. */
class DynamoDbWritesIT {
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

    @Test
    void anUpdateExpressionChangesAndAnswers() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));

        UpdateItemResponse updated = client.updateItem(request -> request.tableName(TABLE)
                .key(key("k", 1))
                .updateExpression(
                        "SET #l = list_append(if_not_exists(#l, :none), :more), v = v + :n"
                                + " REMOVE g ADD tags :tags")
                .expressionAttributeNames(Map.of("#l", "list"))
                .expressionAttributeValues(Map.of(":none", AttributeValue.fromL(List.of()), ":more",
                        AttributeValue.fromL(List.of(number(7))), ":n", number(2), ":tags",
                        AttributeValue.fromSs(List.of("t"))))
                .returnValues(ReturnValue.ALL_NEW).returnConsumedCapacity(
                        ReturnConsumedCapacity.INDEXES)
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));

        assertThat(updated.attributes()).isEqualTo(Map.of("a", AttributeValue.fromS("k"), "b",
                number(1), "v", number(3), "list", AttributeValue.fromL(List.of(number(7))), "tags",
                AttributeValue.fromSs(List.of("t"))));
        assertThat(updated.consumedCapacity().globalSecondaryIndexes())
                .containsOnlyKeys(DynamoDbItems.GLOBAL);
        assertThat(updated.consumedCapacity().capacityUnits()).isEqualTo(3.0);
        assertThat(updated.itemCollectionMetrics().itemCollectionKey())
                .isEqualTo(Map.of("a", AttributeValue.fromS("k")));
    }

    @Test
    void aConditionThatDoesNotHoldIsItsException() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));

        assertThatThrownBy(() -> client.deleteItem(request -> request.tableName(TABLE)
                .key(key("k", 1)).conditionExpression("attribute_not_exists(a)")
                .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failed -> {
                    assertThat(failed.item()).isEqualTo(item("k", 1, "x"));
                    assertThat(failed).hasMessageContaining("The conditional request failed");
                });
        assertThatThrownBy(() -> client.putItem(request -> request.tableName(TABLE)
                .item(item("k", 1, "y")).conditionExpression("v > :v")
                .expressionAttributeValues(Map.of(":v", number(1)))))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void aDeletedItemIsAnswered() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));

        DeleteItemResponse deleted = client.deleteItem(request -> request.tableName(TABLE)
                .key(key("k", 1)).returnValues(ReturnValue.ALL_OLD));

        assertThat(deleted.attributes()).isEqualTo(item("k", 1, "x"));
        assertThat(client.getItem(request -> request.tableName(TABLE).key(key("k", 1))).hasItem())
                .isFalse();
    }

    @Test
    void aProjectionAnswersParts() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));

        assertThat(client.getItem(request -> request.tableName(TABLE).key(key("k", 1))
                .projectionExpression("v, g")).item())
                .isEqualTo(Map.of("v", number(1), "g", AttributeValue.fromS("x")));
    }

    @Test
    void legacyParametersStillWork() {
        client.updateItem(request -> request.tableName(TABLE).key(key("k", 1))
                .attributeUpdates(Map.of("n",
                        AttributeValueUpdate.builder().action(AttributeAction.ADD).value(number(5))
                                .build()))
                .expected(Map.of("n",
                        ExpectedAttributeValue.builder().exists(false).build())));

        assertThat(client.getItem(request -> request.tableName(TABLE).key(key("k", 1))
                .attributesToGet("n")).item()).isEqualTo(Map.of("n", number(5)));
    }
}
