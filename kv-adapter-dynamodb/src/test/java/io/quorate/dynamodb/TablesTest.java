package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import io.quorate.kv.keyspace.KeyReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done to tables, and what the upkeep does for them. */
class TablesTest {
    private static final String ARN = "arn:aws:dynamodb:eu-central-1:000000000000:table/things";
    private static final String INDEXED = """
            {"TableName":"things","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],
             "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"global","KeySchema":[
             {"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}}]}""";
    private static final String BY_G = """
            {"TableName":"things","IndexName":"global","KeyConditionExpression":"g = :g",
             "ExpressionAttributeValues":{":g":{"S":"x"}}}""";
    private static final long NOW_SECONDS = Endpoint.NOW.getEpochSecond();

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);

    @Test
    void tablesAreListedInOrderAndPages() {
        endpoint.withHashTable("ccc").withHashTable("aaa").withHashTable("bbb");

        assertThat(endpoint.call("ListTables", "{}"))
                .isEqualTo(Answer.ok("{\"TableNames\":[\"aaa\",\"bbb\",\"ccc\"]}"));
        assertThat(endpoint.call("ListTables", "{\"Limit\":2}")).isEqualTo(Answer.ok(
                "{\"TableNames\":[\"aaa\",\"bbb\"],\"LastEvaluatedTableName\":\"bbb\"}"));
        assertThat(endpoint.call("ListTables", "{\"ExclusiveStartTableName\":\"bbb\"}"))
                .isEqualTo(Answer.ok("{\"TableNames\":[\"ccc\"]}"));
        assertThat(endpoint.call("ListTables", "{\"Limit\":101}").body())
                .contains("Value '101' at 'limit' failed to satisfy constraint");
    }

    @Test
    void aDeletedTableIsGoneAndItsRowsFollow() {
        endpoint.withHashTable("things").call("UpdateTable", INDEXED);
        put("k", "\"g\":{\"S\":\"x\"}");

        assertThat(endpoint.call("DeleteTable", "{\"TableName\":\"things\"}").body())
                .contains("\"TableStatus\":\"DELETING\"");
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("Requested resource not found: Table: things not found");
        assertThat(get("k").body()).contains("ResourceNotFoundException");
        endpoint.upkeep();
        // The counter that numbers tables is all that is left.
        assertThat(store.keys()).hasSize(1);
        assertThat(KeyReader.of(store.keys().getFirst()).number(0)).isEqualTo(65);
        endpoint.withHashTable("things");
        assertThat(get("k")).isEqualTo(Answer.ok("{}"));
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        endpoint.withHashTable("things").call("UpdateTable",
                "{\"TableName\":\"things\",\"DeletionProtectionEnabled\":true}");

        assertThat(endpoint.call("DeleteTable", "{\"TableName\":\"things\"}"))
                .isEqualTo(Answer.invalid("Resource cannot be deleted as it is currently protected"
                        + " against deletion. Disable deletion protection first."));
    }

    @Test
    void anIndexIsBuiltFromWhatWasThereAndWhatComes() {
        endpoint.withHashTable("things");
        put("before", "\"g\":{\"S\":\"x\"}");
        put("other", "\"g\":{\"N\":\"1\"}");

        assertThat(endpoint.call("UpdateTable", INDEXED).body()).contains(
                "\"TableStatus\":\"UPDATING\"",
                "\"IndexStatus\":\"CREATING\",\"Backfilling\":true");
        put("meanwhile", "\"g\":{\"S\":\"x\"}");
        assertThat(endpoint.call("Query", BY_G)).isEqualTo(Answer
                .invalid("Cannot read from backfilling global secondary index: global"));
        endpoint.upkeep();

        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("\"TableStatus\":\"ACTIVE\"", "\"IndexStatus\":\"ACTIVE\"");
        assertThat(endpoint.call("Query", BY_G).body()).contains("\"before\"", "\"meanwhile\"")
                .contains("\"Count\":2");
    }

    @Test
    void aRemovedIndexLeavesNothing() {
        endpoint.withHashTable("things");
        put("k", "\"g\":{\"S\":\"x\"}");
        int before = store.keys().size();
        endpoint.call("UpdateTable", INDEXED);
        endpoint.upkeep();
        assertThat(store.keys()).hasSize(before + 1);

        assertThat(endpoint.call("UpdateTable", "{\"TableName\":\"things\","
                + "\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"global\"}}]}")
                .body())
                .contains("\"IndexStatus\":\"DELETING\"");
        assertThat(endpoint.call("UpdateTable", INDEXED).body())
                .contains("LimitExceededException", "Only 1 online index can be created");
        endpoint.upkeep();

        assertThat(store.keys()).hasSize(before);
        assertThat(endpoint.call("Query", BY_G)).isEqualTo(
                Answer.invalid("The table does not have the specified index: global"));
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("\"AttributeDefinitions\":[{\"AttributeName\":\"a\",\"AttributeType\":"
                        + "\"S\"}]")
                .doesNotContain("GlobalSecondaryIndexes");
    }

    @Test
    void anotherNodesCachedDefinitionDoesNotHideAnIndex() {
        Endpoint other = new Endpoint(store, store.anotherNode());
        endpoint.withHashTable("things");
        other.call("GetItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}");
        endpoint.call("UpdateTable", INDEXED);

        other.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"},"
                + "\"g\":{\"S\":\"x\"}}}");
        endpoint.upkeep();

        assertThat(other.call("Query", BY_G).body()).contains("\"Count\":1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"TableName":"things"}|At least one of ProvisionedThroughput, BillingMode, \
            UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is \
            required
            {"TableName":"things","BillingMode":"PROVISIONED"}|One or more parameter values were \
            invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED
            {"TableName":"things","ReplicaUpdates":[]}|One or more parameter values were invalid: \
            ReplicaUpdates is not supported by this server
            """)
    void updatesThatMakeNoSenseAreRefused(String request, String message) {
        endpoint.withHashTable("things");

        assertThat(endpoint.call("UpdateTable", request)).isEqualTo(Answer.invalid(message));
    }

    @Test
    void billingAndThroughputAreChanged() {
        endpoint.withHashTable("things");

        assertThat(endpoint.call("UpdateTable", "{\"TableName\":\"things\",\"BillingMode\":"
                + "\"PROVISIONED\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":3,"
                + "\"WriteCapacityUnits\":4},\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}")
                .body())
                .contains("\"ReadCapacityUnits\":3,\"WriteCapacityUnits\":4",
                        "STANDARD_INFREQUENT_ACCESS")
                .doesNotContain("PAY_PER_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "GlobalSecondaryIndexes":[]|List of GlobalSecondaryIndexes is empty
            "LocalSecondaryIndexes":[{"IndexName":"loc","KeySchema":[{"AttributeName":"a","KeyType":\
            "HASH"}],"Projection":{"ProjectionType":"ALL"}}]|Table KeySchema does not have a range key, \
            which is required when specifying a LocalSecondaryIndex
            "GlobalSecondaryIndexes":[{"IndexName":"glo","KeySchema":[{"AttributeName":"x","KeyType":\
            "HASH"}],"Projection":{"ProjectionType":"ALL"}}]|Some index key attributes are not defined \
            in AttributeDefinitions. Keys: [x], AttributeDefinitions: [a]
            "GlobalSecondaryIndexes":[{"IndexName":"glo","KeySchema":[{"AttributeName":"a","KeyType":\
            "HASH"}],"Projection":{"ProjectionType":"INCLUDE"}}]|ProjectionType is INCLUDE, but \
            NonKeyAttributes is not specified
            "GlobalSecondaryIndexes":[{"IndexName":"glo","KeySchema":[{"AttributeName":"a","KeyType":\
            "HASH"}],"Projection":{}}]|Unknown ProjectionType: null
            """)
    void indexesThatMakeNoSenseAreRefused(String parameter, String message) {
        assertThat(endpoint.call("CreateTable", "{\"TableName\":\"things\",\"BillingMode\":"
                + "\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"a\","
                + "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":"
                + "\"HASH\"}]," + parameter + "}"))
                .isEqualTo(Answer
                        .invalid("One or more parameter values were invalid: " + message));
    }

    @Test
    void tagsAreAddedChangedAndRemoved() {
        endpoint.withHashTable("things");
        tag("\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]");
        tag("\"Tags\":[{\"Key\":\"a\",\"Value\":\"3\"}]");
        endpoint.call("UntagResource",
                "{\"ResourceArn\":\"" + ARN + "\",\"TagKeys\":[\"b\",\"c\"]}");

        assertThat(endpoint.call("ListTagsOfResource", "{\"ResourceArn\":\"" + ARN + "\"}"))
                .isEqualTo(Answer.ok("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"3\"}]}"));
        assertThat(endpoint.call("ListTagsOfResource", "{\"ResourceArn\":\"" + ARN + "2\"}").body())
                .contains("Requested resource not found: ResourcArn: " + ARN + "2 not found");
    }

    private void tag(String tags) {
        assertThat(endpoint.call("TagResource", "{\"ResourceArn\":\"" + ARN + "\"," + tags + "}"))
                .isEqualTo(Answer.ok("{}"));
    }

    @Test
    void itemsExpireWhenTheirTimeHasCome() {
        endpoint.withHashTable("things");
        put("due", expires(NOW_SECONDS - 1));
        put("later", expires(NOW_SECONDS + 1));
        put("ancient", expires(NOW_SECONDS - Duration.ofDays(6 * 365).toSeconds()));
        put("text", "\"t\":{\"S\":\"1\"}");
        endpoint.upkeep();
        assertThat(get("due").body()).contains("due");

        assertThat(timeToLive(true, "t")).isEqualTo(Answer.ok(
                "{\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"t\"}}"));
        endpoint.upkeep();

        assertThat(get("due")).isEqualTo(Answer.ok("{}"));
        assertThat(get("later").body()).contains("later");
        assertThat(get("ancient").body()).contains("ancient");
        assertThat(get("text").body()).contains("text");
    }

    @Test
    void expiryIsSwitchedOnAndOffOnce() {
        endpoint.withHashTable("things");
        assertThat(timeToLive(false, "t"))
                .isEqualTo(Answer.invalid("TimeToLive is already disabled"));
        timeToLive(true, "t");
        assertThat(timeToLive(true, "t"))
                .isEqualTo(Answer.invalid("TimeToLive is already enabled"));
        assertThat(timeToLive(true, "u").body()).contains("current AttributeName is t");
        assertThat(endpoint.call("DescribeTimeToLive", "{\"TableName\":\"things\"}"))
                .isEqualTo(Answer.ok("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\","
                        + "\"AttributeName\":\"t\"}}"));
        timeToLive(false, "t");
        assertThat(endpoint.call("DescribeTimeToLive", "{\"TableName\":\"things\"}"))
                .isEqualTo(Answer.ok(
                        "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}"));
    }

    @Test
    void aPolicyIsKeptUnderItsRevision() {
        endpoint.withHashTable("things");
        String resource = "{\"ResourceArn\":\"" + ARN + "\"";
        assertThat(endpoint.call("GetResourcePolicy", resource + "}").body())
                .contains("PolicyNotFoundException");

        Answer put = endpoint.call("PutResourcePolicy", resource
                + ",\"ExpectedRevisionId\":\"NO_POLICY\",\"Policy\":\"{\\\"Statement\\\":[]}\"}");

        assertThat(put.body()).startsWith("{\"RevisionId\":");
        assertThat(endpoint.call("GetResourcePolicy", resource + "}").body())
                .startsWith("{\"Policy\":\"{\\\"Statement\\\":[]}\",\"RevisionId\":");
        assertThat(endpoint.call("PutResourcePolicy", resource
                + ",\"ExpectedRevisionId\":\"other\",\"Policy\":\"{}\"}").body())
                .contains("PolicyNotFoundException");
        assertThat(endpoint.call("PutResourcePolicy", resource + ",\"Policy\":\"{\"}").status())
                .isEqualTo(400);
        assertThat(endpoint.call("DeleteResourcePolicy", resource + "}")).isEqualTo(put);
        assertThat(endpoint.call("DeleteResourcePolicy", resource + "}"))
                .isEqualTo(Answer.ok("{}"));
    }

    @Test
    void limitsAndEndpointsAreAnswered() {
        assertThat(endpoint.call("DescribeLimits", "{}"))
                .isEqualTo(Answer.ok("{\"AccountMaxReadCapacityUnits\":80000,"
                        + "\"AccountMaxWriteCapacityUnits\":80000,\"TableMaxReadCapacityUnits\":40000,"
                        + "\"TableMaxWriteCapacityUnits\":40000}"));
        assertThat(endpoint.call("DescribeEndpoints", "{}").body()).contains("\"Endpoints\":[{");
        assertThat(endpoint.call("DescribeLimits", "{\"x\":1}").body())
                .contains("x is not supported by this server");
    }

    @Test
    void oldTokensAreForgotten() {
        endpoint.withHashTable("things");
        endpoint.call("TransactWriteItems", "{\"ClientRequestToken\":\"t\",\"TransactItems\":["
                + "{\"Put\":{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"}}}}]}");
        assertThat(store.keys()).anyMatch(key -> KeyReader.of(key).number(0) == 71);
        store.advance(Duration.ofMinutes(-20));
        endpoint.call("TransactWriteItems", "{\"ClientRequestToken\":\"u\",\"TransactItems\":["
                + "{\"Put\":{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"l\"}}}}]}");

        endpoint.upkeep(64);

        assertThat(store.keys().stream().filter(key -> KeyReader.of(key).number(0) == 71))
                .hasSize(1);
    }

    private Answer timeToLive(boolean enabled, String attribute) {
        return endpoint.call("UpdateTimeToLive",
                "{\"TableName\":\"things\",\"TimeToLiveSpecification\":{\"Enabled\":" + enabled
                        + ",\"AttributeName\":\"" + attribute + "\"}}");
    }

    private static String expires(long seconds) {
        return "\"t\":{\"N\":\"" + seconds + "\"}";
    }

    private void put(String key, String attributes) {
        assertThat(endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\""
                + key + "\"}," + attributes + "}}")).isEqualTo(Answer.ok("{}"));
    }

    private Answer get(String key) {
        return endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"" + key + "\"}}}");
    }
}
