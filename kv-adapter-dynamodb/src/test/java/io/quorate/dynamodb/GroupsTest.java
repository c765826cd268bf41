package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BatchGetItem, BatchWriteItem, TransactGetItems and TransactWriteItems. */
class GroupsTest {
    private static final String CANCELLED = "com.amazonaws.dynamodb.v20120810"
            + "#TransactionCanceledException";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things")
            .withHashTable("others");

    @Test
    void aBatchWritesAndReadsSeveralTables() {
        assertThat(endpoint.call("BatchWriteItem", """
                {"RequestItems":{"things":[{"PutRequest":{"Item":{"a":{"S":"1"},"v":{"N":"1"}}}},
                {"PutRequest":{"Item":{"a":{"S":"2"}}}}],
                "others":[{"DeleteRequest":{"Key":{"a":{"S":"1"}}}}]},
                "ReturnConsumedCapacity":"TOTAL"}"""))
                .isEqualTo(Answer.ok("{\"UnprocessedItems\":{},\"ConsumedCapacity\":["
                        + "{\"TableName\":\"things\",\"CapacityUnits\":2.0},"
                        + "{\"TableName\":\"others\",\"CapacityUnits\":1.0}]}"));
        assertThat(endpoint.call("BatchGetItem",
                """
                        {"RequestItems":{"things":{"Keys":[{"a":{"S":"2"}},{"a":{"S":"1"}},
                        {"a":{"S":"3"}}],"ProjectionExpression":"v"},"others":{"Keys":[{"a":{"S":"1"}}]}}}"""))
                .isEqualTo(Answer.ok("{\"Responses\":{\"things\":[{},{\"v\":{\"N\":\"1\"}}],"
                        + "\"others\":[]},\"UnprocessedKeys\":{}}"));
    }

    @Test
    void anAnswerHasRoomForSixteenMegabytes() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 42; i++) {
            endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"" + i
                    + "\"},\"v\":{\"S\":\"" + "x".repeat(409_000) + "\"}}}");
            keys.append(i == 0 ? "" : ",").append("{\"a\":{\"S\":\"").append(i).append("\"}}");
        }

        String body = endpoint.call("BatchGetItem", "{\"RequestItems\":{\"things\":{\"Keys\":["
                + keys + "],\"ProjectionExpression\":\"a\",\"ConsistentRead\":true}}}").body();

        assertThat(body).endsWith("\"UnprocessedKeys\":{\"things\":{\"Keys\":[{\"a\":{\"S\":"
                + "\"41\"}}],\"ConsistentRead\":true,\"ProjectionExpression\":\"a\"}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            BatchWriteItem|{"RequestItems":{"things":[{"PutRequest":{"Item":{"a":{"S":"1"}}}},\
            {"DeleteRequest":{"Key":{"a":{"S":"1"}}}}]}}|Provided list of item keys contains duplicates
            BatchWriteItem|{"RequestItems":{"things":[{"DeleteRequest":{"Key":{"b":{"S":"1"}}}}]}}|The \
            provided key element does not match the schema
            BatchGetItem|{"RequestItems":{"things":{"Keys":[{"a":{"S":"1"}},{"a":{"S":"1"}}]}}}|Provided \
            list of item keys contains duplicates
            BatchGetItem|{"RequestItems":{"things":{"Keys":[{"b":{"S":"1"}}]}}}|The provided key element \
            does not match the schema
            TransactWriteItems|{"TransactItems":[{"Delete":{"TableName":"things","Key":{"a":{"S":"1"}}}},\
            {"Delete":{"TableName":"things","Key":{"a":{"S":"1"}}}}]}|Transaction request cannot include \
            multiple operations on one item
            """)
    void groupsThatMakeNoSenseAreRefused(String action, String request, String message) {
        int before = store.commits();

        assertThat(endpoint.call(action, request)).isEqualTo(Answer.invalid(message));
        assertThat(store.commits()).isEqualTo(before);
    }

    @Test
    void allActionsHappenOrNone() {
        put("things", "1", 1);
        String transaction = """
                {"TransactItems":[
                {"Put":{"TableName":"others","Item":{"a":{"S":"1"}}}},
                {"Update":{"TableName":"things","Key":{"a":{"S":"1"}},
                 "UpdateExpression":"SET v = v + :one","ConditionExpression":"v < :two",
                 "ExpressionAttributeValues":{":one":{"N":"1"},":two":{"N":"2"}},
                 "ReturnValuesOnConditionCheckFailure":"ALL_OLD"}},
                {"ConditionCheck":{"TableName":"things","Key":{"a":{"S":"2"}},
                 "ConditionExpression":"attribute_not_exists(a)"}},
                {"Delete":{"TableName":"others","Key":{"a":{"S":"9"}}}}],
                "ReturnConsumedCapacity":"TOTAL"}""";

        assertThat(endpoint.call("TransactWriteItems", transaction))
                .isEqualTo(Answer.ok("{\"ConsumedCapacity\":[{\"TableName\":\"others\","
                        + "\"CapacityUnits\":4.0,\"WriteCapacityUnits\":4.0},{\"TableName\":"
                        + "\"things\",\"CapacityUnits\":4.0,\"WriteCapacityUnits\":4.0}]}"));
        put("things", "2", 1);
        int before = store.commits();
        assertThat(endpoint.call("TransactWriteItems", transaction)).isEqualTo(new Answer(400,
                "{\"__type\":\"" + CANCELLED
                        + "\",\"Message\":\"Transaction cancelled, please refer"
                        + " cancellation reasons for specific reasons [None, ConditionalCheckFailed,"
                        + " ConditionalCheckFailed, None]\",\"CancellationReasons\":[{\"Code\":"
                        + "\"None\"},{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The"
                        + " conditional request failed\",\"Item\":{\"a\":{\"S\":\"1\"},\"v\":{"
                        + "\"N\":\"2\"}}},{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The"
                        + " conditional request failed\"},{\"Code\":\"None\"}]}"));
        assertThat(store.commits()).isEqualTo(before);
    }

    @Test
    void whatAnItemDoesNotAllowCancelsTheTransaction() {
        assertThat(endpoint.call("TransactWriteItems", """
                {"TransactItems":[{"Update":{"TableName":"things","Key":{"a":{"S":"1"}},
                "UpdateExpression":"SET v = w"}}]}""").body())
                .contains(CANCELLED, "\"Code\":\"ValidationError\",\"Message\":\"The provided"
                        + " expression refers to an attribute that does not exist in the item\"");
        assertThat(endpoint.call("TransactWriteItems", """
                {"TransactItems":[{"Delete":{"TableName":"things","Key":{"b":{"S":"1"}}}}]}""")
                .body())
                .contains(CANCELLED, "The provided key element does not match the schema");
    }

    @Test
    void aTokenMakesARepetitionDoNothingForTenMinutes() {
        String transaction = "{\"ClientRequestToken\":\"t\",\"TransactItems\":[{\"Update\":"
                + "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"1\"}},\"UpdateExpression\":"
                + "\"ADD v :v\",\"ExpressionAttributeValues\":{\":v\":{\"N\":\"%d\"}}}}]}";
        assertThat(endpoint.call("TransactWriteItems", transaction.formatted(1)))
                .isEqualTo(Answer.ok("{}"));

        assertThat(endpoint.call("TransactWriteItems", transaction.formatted(1)))
                .isEqualTo(Answer.ok("{}"));
        assertThat(endpoint.call("TransactWriteItems", transaction.formatted(2)).body())
                .contains("#IdempotentParameterMismatchException");
        assertThat(transactGet()).contains("\"v\":{\"N\":\"1\"}");
        store.advance(Duration.ofMinutes(10));
        assertThat(endpoint.call("TransactWriteItems", transaction.formatted(2)))
                .isEqualTo(Answer.ok("{}"));
        assertThat(transactGet()).contains("\"v\":{\"N\":\"3\"}");
    }

    @Test
    void aReadingTransactionAnswersByPosition() {
        put("things", "1", 1);

        assertThat(transactGet()).isEqualTo(
                "{\"Responses\":[{\"Item\":{\"v\":{\"N\":\"1\"}}},{}]}");
    }

    private String transactGet() {
        return endpoint.call("TransactGetItems",
                """
                        {"TransactItems":[{"Get":{"TableName":"things","Key":{"a":{"S":"1"}},
                        "ProjectionExpression":"v"}},{"Get":{"TableName":"others","Key":{"a":{"S":"7"}}}}]}""")
                .body();
    }

    private void put(String table, String key, int value) {
        endpoint.call("PutItem", "{\"TableName\":\"" + table + "\",\"Item\":{\"a\":{\"S\":\"" + key
                + "\"},\"v\":{\"N\":\"" + value + "\"}}}");
    }
}
