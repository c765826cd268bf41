package io.quorate.gateway.it;

import static io.quorate.gateway.it.DynamoDbItems.TABLE;
import static io.quorate.gateway.it.DynamoDbItems.item;
import static io.quorate.gateway.it.DynamoDbItems.key;
import static io.quorate.gateway.it.DynamoDbItems.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables and what is kept up for them, by an unmodified client. */
class DynamoDbTablesIT {
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

    private TableDescription describe() {
        return client.describeTable(request -> request.tableName(TABLE)).table();
    }

    @Test
    void indexesAreDescribed() {
        assertThat(describe().globalSecondaryIndexes()).singleElement().satisfies(index -> {
            assertThat(index.indexName()).isEqualTo(DynamoDbItems.GLOBAL);
            assertThat(index.indexStatus()).isEqualTo(IndexStatus.ACTIVE);
            assertThat(index.indexArn()).endsWith("table/things/index/global");
        });
        assertThat(describe().localSecondaryIndexes()).hasSize(1);
    }

    @Test
    void anIndexIsBuiltInTheBackground() {
        for (int b = 0; b < 50; b++) {
            Map<String, AttributeValue> item = item("k" + b, b, "x");
            client.putItem(request -> request.tableName(TABLE).item(item));
        }

        client.updateTable(request -> request.tableName(TABLE)
                .attributeDefinitions(DynamoDbItems.attribute("v", ScalarAttributeType.N))
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(create -> create.indexName("byV")
                                .keySchema(DynamoDbItems.element("v", KeyType.HASH)).projection(
                                        all -> all.projectionType(ProjectionType.ALL)))
                        .build()));

        await().untilAsserted(
                () -> assertThat(describe().globalSecondaryIndexes()).hasSize(2)
                        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE));
        assertThat(client.query(request -> request.tableName(TABLE).indexName("byV")
                .keyConditionExpression("v = :v")
                .expressionAttributeValues(Map.of(":v", number(49)))).items())
                .containsExactly(item("k49", 49, "x"));
    }

    @Test
    void itemsExpire() {
        client.updateTimeToLive(request -> request.tableName(TABLE).timeToLiveSpecification(
                specification -> specification.enabled(true).attributeName("until")));
        Map<String, AttributeValue> due = new LinkedHashMap<>(item("k", 1, "x"));
        due.put("until", AttributeValue.fromN(String.valueOf(Instant.now().getEpochSecond() - 1)));
        client.putItem(request -> request.tableName(TABLE).item(due));

        assertThat(client.describeTimeToLive(request -> request.tableName(TABLE))
                .timeToLiveDescription().timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        await().until(() -> !client
                .getItem(request -> request.tableName(TABLE).key(key("k", 1))).hasItem());
    }

    @Test
    void aWaiterSeesADeletedTableGo() {
        client.putItem(request -> request.tableName(TABLE).item(item("k", 1, "x")));
        client.deleteTable(request -> request.tableName(TABLE));

        client.waiter().waitUntilTableNotExists(request -> request.tableName(TABLE));
        assertThat(client.listTables().tableNames()).isEmpty();
        DynamoDbItems.createTable(client);
        assertThat(client.scan(request -> request.tableName(TABLE)).items()).isEmpty();
    }

    @Test
    void tagsPoliciesAndFactsAreAnswered() {
        String arn = describe().tableArn();
        client.tagResource(request -> request.resourceArn(arn)
                .tags(Tag.builder().key("team").value("blue").build()));
        client.putResourcePolicy(request -> request.resourceArn(arn).policy("{}"));

        assertThat(client.listTagsOfResource(request -> request.resourceArn(arn)).tags())
                .singleElement().satisfies(tag -> assertThat(tag.value()).isEqualTo("blue"));
        assertThat(client.getResourcePolicy(request -> request.resourceArn(arn)).policy())
                .isEqualTo("{}");
        assertThat(client.describeLimits().tableMaxReadCapacityUnits()).isPositive();
        assertThat(client.describeEndpoints().endpoints()).singleElement().satisfies(
                endpoint -> assertThat(endpoint.address()).endsWith(":" + server.port()));
    }
}
