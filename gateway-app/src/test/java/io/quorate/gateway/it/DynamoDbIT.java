package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** DynamoDB by an unmodified client, which checks x-amz-crc32 of every answer. */
class DynamoDbIT {
    @TempDir
    Path data;

    private RunningServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        client = server.clients().dynamoDb();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aWaiterFindsACreatedTableActive() {
        CreateTableResponse created = createTable("things");

        TableDescription active = client.waiter()
                .waitUntilTableExists(request -> request.tableName("things"))
                .matched().response().orElseThrow().table();

        assertThat(created.tableDescription().tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThat(active.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(active.tableId()).isEqualTo(created.tableDescription().tableId());
        assertThat(active.tableArn())
                .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/things");
        assertThat(active.keySchema())
                .extracting(KeySchemaElement::attributeName, KeySchemaElement::keyType)
                .containsExactly(tuple("a", KeyType.HASH),
                        tuple("b", KeyType.RANGE));
        assertThat(active.creationDateTime()).isNotNull();
    }

    @Test
    void anItemOfAllTypesComesBack() {
        createTable("things");
        Map<String, AttributeValue> item = new LinkedHashMap<>(key("k", "-1.50"));
        item.put("b", AttributeValue.fromN("-1.5"));
        item.put("text", AttributeValue.fromS("\u00e9\ud83d\ude00 \"quoted\"\n"));
        item.put("number", AttributeValue.fromN("12345678901234567890123456789012345678"));
        item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[]{0, -1, 7})));
        item.put("yes", AttributeValue.fromBool(true));
        item.put("nothing", AttributeValue.fromNul(true));
        item.put("strings", AttributeValue.builder().ss("x", "y").build());
        item.put("numbers", AttributeValue.builder().ns("-1", "2").build());
        item.put("binaries", AttributeValue.builder().bs(SdkBytes.fromUtf8String("z")).build());
        item.put("list", AttributeValue
                .fromL(List.of(AttributeValue.fromS(""), AttributeValue.fromL(List.of()))));
        item.put("map", AttributeValue.fromM(Map.of("deep",
                AttributeValue.fromM(Map.of("leaf", AttributeValue.fromN("0"))))));

        client.putItem(request -> request.tableName("things").item(item));

        assertThat(get("k", "-15e-1").item()).isEqualTo(item);
    }

    @Test
    void allOldIsWhatWasReplaced() {
        createTable("things");
        Map<String, AttributeValue> item = new LinkedHashMap<>(key("k", "1"));
        item.put("v", AttributeValue.fromS("first"));
        client.putItem(request -> request.tableName("things").item(item));

        PutItemResponse replaced = client.putItem(request -> request.tableName("things")
                .item(key("k", "1")).returnValues(ReturnValue.ALL_OLD)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

        assertThat(replaced.attributes()).isEqualTo(item);
        assertThat(replaced.consumedCapacity().capacityUnits()).isEqualTo(1.0);
        assertThat(get("k", "1").item()).isEqualTo(key("k", "1"));
    }

    @Test
    void aMissingItemIsAbsent() {
        createTable("things");

        assertThat(get("nobody", "0").hasItem()).isFalse();
    }

    @Test
    void acknowledgedItemsSurviveARestart() {
        createTable("things");
        client.putItem(request -> request.tableName("things").item(key("k", "1")));

        stop();
        start();

        assertThat(get("k", "1").item()).isEqualTo(key("k", "1"));
    }

    @Test
    void anItemOfFourHundredKilobytesIsTheLargest() {
        createTable("things");
        String value = "x".repeat(400 * 1024 - "akb0v".length() - 1 + "0".length());
        Map<String, AttributeValue> item = new LinkedHashMap<>(key("k", "0"));
        item.put("v", AttributeValue.fromS(value));

        client.putItem(request -> request.tableName("things").item(item));

        assertThat(get("k", "0").item()).containsEntry("v", AttributeValue.fromS(value));
        item.put("v", AttributeValue.fromS(value + "x"));
        assertRefused("ValidationException", "Item size has exceeded the maximum allowed size",
                () -> client.putItem(request -> request.tableName("things").item(item)));
    }

    @Test
    void modeledErrorsAreTheirExceptions() {
        createTable("things");

        assertThatThrownBy(() -> createTable("things"))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("Table already exists: things");
        assertThatThrownBy(() -> client.describeTable(request -> request.tableName("absent")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Table: absent not found");
        assertThatThrownBy(() -> client
                .getItem(request -> request.tableName("absent").key(key("k", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void whatIsNotBuiltIsRefusedByName() {
        createTable("things");

        assertRefused("UnknownOperationException",
                "CreateBackup is not supported by this server", () -> client
                        .createBackup(request -> request.tableName("things").backupName("b")));
        assertRefused("ValidationException",
                "One or more parameter values were invalid: ReplicaUpdates is not supported by"
                        + " this server",
                () -> client.updateTable(request -> request.tableName("things")
                        .replicaUpdates(ReplicationGroupUpdate.builder()
                                .create(create -> create.regionName("eu-west-1")).build())));
    }

    @Test
    void aWrongSecretIsRefused() {
        try (DynamoDbClient stranger = server.clients().as("test", "wrong").dynamoDb()) {
            assertRefused("InvalidSignatureException", "",
                    () -> stranger.describeTable(request -> request.tableName("things")));
        }
    }

    private static void assertRefused(String code, String message, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DynamoDbException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.requestId()).isNotBlank();
        });
    }

    private CreateTableResponse createTable(String name) {
        return client.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("a", ScalarAttributeType.S),
                        attribute("b", ScalarAttributeType.N))
                .keySchema(element("a", KeyType.HASH), element("b", KeyType.RANGE)));
    }

    private GetItemResponse get(String a, String b) {
        return client.getItem(request -> request.tableName("things").key(key(a, b))
                .consistentRead(true));
    }

    private static Map<String, AttributeValue> key(String a, String b) {
        return Map.of("a", AttributeValue.fromS(a), "b", AttributeValue.fromN(b));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
