package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables and what is set for them; each trial has a table of its own. */
final class DynamoDbTableActions implements ActionCases {
    private static final String KEY = "id";
    private static final Tag TAG = Tag.builder().key("team").value("blue").build();

    @Override
    public String service() {
        return "DynamoDB";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(lifecycle(), tags(), timeToLive(), policies(), server())
                .flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> lifecycle() {
        return List.of(
                ActionCase.of("CreateTable", (sdk, id) -> id, DynamoDbTableActions::create,
                        (sdk, name, made) -> assertThat(describe(sdk, name).tableId())
                                .isEqualTo(made.tableId())),
                ActionCase.of("DescribeTable", DynamoDbTableActions::create,
                        (sdk, table) -> describe(sdk, table.tableName()),
                        (sdk, table, described) -> assertThat(described.tableId())
                                .isEqualTo(table.tableId())),
                ActionCase.of("ListTables", DynamoDbTableActions::create,
                        (sdk, table) -> sdk.dynamoDb().listTables(list -> list
                                .exclusiveStartTableName(before(table.tableName())).limit(1)),
                        (sdk, table, listed) -> assertThat(listed.tableNames())
                                .containsExactly(table.tableName())),
                ActionCase.of("UpdateTable", DynamoDbTableActions::create,
                        (sdk, table) -> sdk.dynamoDb().updateTable(update -> update
                                .tableName(table.tableName()).deletionProtectionEnabled(true)),
                        (sdk, table, done) -> assertProtected(sdk, table))
                        .orAnswers("ValidationException", DynamoDbTableActions::assertProtected),
                ActionCase.of("DeleteTable", DynamoDbTableActions::create,
                        (sdk, table) -> sdk.dynamoDb()
                                .deleteTable(delete -> delete.tableName(table.tableName())),
                        (sdk, table, done) -> assertGone(sdk, table))
                        .orAnswers("ResourceNotFoundException", DynamoDbTableActions::assertGone));
    }

    private static List<ActionCase<?, ?>> tags() {
        return List.of(
                ActionCase.of("TagResource", DynamoDbTableActions::create,
                        DynamoDbTableActions::tag,
                        (sdk, table, done) -> assertThat(tags(sdk, table)).containsExactly(TAG)),
                ActionCase.of("UntagResource", DynamoDbTableActions::tagged,
                        (sdk, table) -> sdk.dynamoDb().untagResource(
                                untag -> untag.resourceArn(table.tableArn()).tagKeys(TAG.key())),
                        (sdk, table, done) -> assertThat(tags(sdk, table)).isEmpty()),
                ActionCase.of("ListTagsOfResource", DynamoDbTableActions::tagged,
                        DynamoDbTableActions::tags,
                        (sdk, table, tags) -> assertThat(tags).containsExactly(TAG)));
    }

    private static List<ActionCase<?, ?>> timeToLive() {
        return List.of(
                ActionCase.of("UpdateTimeToLive", DynamoDbTableActions::create,
                        (sdk, table) -> sdk.dynamoDb().updateTimeToLive(update -> update
                                .tableName(table.tableName()).timeToLiveSpecification(
                                        expiry -> expiry.enabled(true).attributeName("until"))),
                        (sdk, table, done) -> assertExpires(sdk, table))
                        .orAnswers("ValidationException", DynamoDbTableActions::assertExpires),
                ActionCase.of("DescribeTimeToLive", DynamoDbTableActions::create,
                        DynamoDbTableActions::expiry,
                        (sdk, table, status) -> assertThat(status)
                                .isEqualTo(TimeToLiveStatus.DISABLED)));
    }

    private static List<ActionCase<?, ?>> policies() {
        return List.of(
                ActionCase.of("PutResourcePolicy", DynamoDbTableActions::create,
                        DynamoDbTableActions::putPolicy,
                        (sdk, table, put) -> assertThat(policy(sdk, table)).contains("Allow")),
                ActionCase.of("GetResourcePolicy", DynamoDbTableActions::ruled,
                        DynamoDbTableActions::policy,
                        (sdk, table, policy) -> assertThat(policy).contains("Allow")),
                ActionCase.of("DeleteResourcePolicy", DynamoDbTableActions::ruled,
                        (sdk, table) -> sdk.dynamoDb().deleteResourcePolicy(
                                delete -> delete.resourceArn(table.tableArn())),
                        (sdk, table, done) -> assertThatThrownBy(() -> policy(sdk, table))
                                .hasMessageContaining("policy")));
    }

    private static List<ActionCase<?, ?>> server() {
        return List.of(
                ActionCase.of("DescribeLimits", (sdk, id) -> id,
                        (sdk, id) -> sdk.dynamoDb().describeLimits(),
                        (sdk, id, limits) -> assertThat(limits.tableMaxReadCapacityUnits())
                                .isPositive()),
                ActionCase.of("DescribeEndpoints", (sdk, id) -> id,
                        (sdk, id) -> sdk.dynamoDb().describeEndpoints(),
                        (sdk, id, found) -> assertThat(found.endpoints()).isNotEmpty()));
    }

    /** A table with a stream, keyed by {@code id}. */
    static TableDescription create(Sdk sdk, String name) {
        return sdk.dynamoDb().createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder().attributeName(KEY)
                        .attributeType(ScalarAttributeType.S).build())
                .keySchema(KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH)
                        .build())
                .streamSpecification(stream -> stream.streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription();
    }

    /** A name that sorts before this one and after all others that do. */
    private static String before(String name) {
        return name.substring(0, name.length() - 1) + "-";
    }

    private static TableDescription describe(Sdk sdk, String name) {
        return sdk.dynamoDb().describeTable(describe -> describe.tableName(name)).table();
    }

    private static void assertProtected(Sdk sdk, TableDescription table) {
        assertThat(describe(sdk, table.tableName()).deletionProtectionEnabled()).isTrue();
    }

    private static void assertGone(Sdk sdk, TableDescription table) {
        assertThatThrownBy(() -> describe(sdk, table.tableName()))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private static Object tag(Sdk sdk, TableDescription table) {
        return sdk.dynamoDb().tagResource(tag -> tag.resourceArn(table.tableArn()).tags(TAG));
    }

    private static TableDescription tagged(Sdk sdk, String name) {
        TableDescription table = create(sdk, name);
        var unused = tag(sdk, table);
        return table;
    }

    private static List<Tag> tags(Sdk sdk, TableDescription table) {
        return sdk.dynamoDb().listTagsOfResource(list -> list.resourceArn(table.tableArn())).tags();
    }

    private static TimeToLiveStatus expiry(Sdk sdk, TableDescription table) {
        return sdk.dynamoDb().describeTimeToLive(of -> of.tableName(table.tableName()))
                .timeToLiveDescription().timeToLiveStatus();
    }

    private static void assertExpires(Sdk sdk, TableDescription table) {
        assertThat(expiry(sdk, table)).isIn(TimeToLiveStatus.ENABLING, TimeToLiveStatus.ENABLED);
    }

    private static TableDescription ruled(Sdk sdk, String name) {
        TableDescription table = create(sdk, name);
        var unused = putPolicy(sdk, table);
        return table;
    }

    private static Object putPolicy(Sdk sdk, TableDescription table) {
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},
                "Action":"dynamodb:GetItem","Resource":"%s"}]}""".formatted(table.tableArn());
        return sdk.dynamoDb()
                .putResourcePolicy(put -> put.resourceArn(table.tableArn()).policy(policy));
    }

    private static String policy(Sdk sdk, TableDescription table) {
        return sdk.dynamoDb().getResourcePolicy(get -> get.resourceArn(table.tableArn())).policy();
    }
}
