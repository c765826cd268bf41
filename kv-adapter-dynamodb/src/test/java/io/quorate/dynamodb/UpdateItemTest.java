package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UpdateItem, DeleteItem and conditions of PutItem. */
class UpdateItemTest {
    private static final String FAILED = "com.amazonaws.dynamodb.v20120810"
            + "#ConditionalCheckFailedException";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @Test
    void anUpdateCreatesTheItemItDoesNotFind() {
        assertThat(update("\"UpdateExpression\":\"SET v = :v\",\"ReturnValues\":\"ALL_NEW\"", 1))
                .isEqualTo(Answer.ok(
                        "{\"Attributes\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"1\"}}}"));
        assertThat(get()).isEqualTo(
                Answer.ok("{\"Item\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"1\"}}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NONE|{}
            ALL_OLD|{"Attributes":{"a":{"S":"k"},"v":{"N":"1"},"w":{"N":"1"}}}
            ALL_NEW|{"Attributes":{"a":{"S":"k"},"v":{"N":"3"},"w":{"N":"1"}}}
            UPDATED_OLD|{"Attributes":{"v":{"N":"1"}}}
            UPDATED_NEW|{"Attributes":{"v":{"N":"3"}}}
            """)
    void returnValuesSayWhichAttributesAreAnswered(String values, String answer) {
        put("\"v\":{\"N\":\"1\"},\"w\":{\"N\":\"1\"}", "");

        assertThat(update("\"UpdateExpression\":\"ADD v :v\",\"ReturnValues\":\"" + values + '"',
                2)).isEqualTo(Answer.ok(answer));
    }

    @Test
    void updatesWithoutAnExpressionOnlyMakeSureThatTheItemIsThere() {
        assertThat(endpoint.call("UpdateItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}"))
                .isEqualTo(Answer.ok("{}"));
        assertThat(get()).isEqualTo(Answer.ok("{\"Item\":{\"a\":{\"S\":\"k\"}}}"));
    }

    @Test
    void aConditionThatDoesNotHoldChangesNothing() {
        put("\"v\":{\"N\":\"1\"}", "");
        int before = store.commits();
        String condition = "\"ConditionExpression\":\"v > :v\",\"ReturnValuesOnConditionCheckFailure"
                + "\":\"ALL_OLD\",\"ExpressionAttributeValues\":{\":v\":{\"N\":\"5\"}}";

        Answer failed = new Answer(400, "{\"__type\":\"" + FAILED
                + "\",\"message\":\"The conditional request failed\",\"Item\":{\"a\":{\"S\":\"k\"},"
                + "\"v\":{\"N\":\"1\"}}}");
        assertThat(put("", "," + condition)).isEqualTo(failed);
        assertThat(endpoint.call("DeleteItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}," + condition + "}"))
                .isEqualTo(failed);
        assertThat(
                update("\"UpdateExpression\":\"REMOVE w\",\"ConditionExpression\":\"v > :v\"", 5))
                .isEqualTo(Answer.error(FAILED, "The conditional request failed"));
        assertThat(store.commits()).isEqualTo(before);
    }

    @Test
    void aConditionThatHoldsLetsTheWriteHappen() {
        String absent = ",\"ConditionExpression\":\"attribute_not_exists(a)\"";

        assertThat(put("", absent)).isEqualTo(Answer.ok("{}"));
        assertThat(put("", absent)).isEqualTo(
                Answer.error(FAILED, "The conditional request failed"));
    }

    @Test
    void aDeletedItemIsAnsweredAndGone() {
        put("\"v\":{\"N\":\"1\"}", "");
        String delete = "{\"TableName\":\"things\",\"ReturnValues\":\"ALL_OLD\",\"Key\":"
                + "{\"a\":{\"S\":\"k\"}}}";

        assertThat(endpoint.call("DeleteItem", delete)).isEqualTo(Answer
                .ok("{\"Attributes\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"1\"}}}"));
        assertThat(endpoint.call("DeleteItem", delete)).isEqualTo(Answer.ok("{}"));
        assertThat(get()).isEqualTo(Answer.ok("{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "UpdateExpression":"SET a = :v"|One or more parameter values were invalid: Cannot update \
            attribute a. This attribute is part of the key
            "UpdateExpression":"SET v = w + :v"|The provided expression refers to an attribute that \
            does not exist in the item
            "UpdateExpression":"SET v = :v","AttributeUpdates":{}|Can not use both expression and \
            non-expression parameters in the same request: Non-expression parameters: \
            {AttributeUpdates} Expression parameters: {UpdateExpression}
            "ReturnValues":"NONE"|ExpressionAttributeValues can only be specified when using \
            expressions: UpdateExpression and ConditionExpression are null
            "UpdateExpression":"REMOVE w"|Value provided in ExpressionAttributeValues unused in \
            expressions: keys: {:v}
            "UpdateExpression":"SET v = :v","ExpressionAttributeNames":{}|ExpressionAttributeNames \
            must not be empty
            "UpdateExpression":"SET v = :v","ExpressionAttributeNames":{"b":"c"}|\
            ExpressionAttributeNames contains invalid key: Syntax error; key: "b"
            "Nothing":1|One or more parameter values were invalid: Nothing is not supported by this \
            server
            """)
    void whatCannotBeDoneIsRefusedByName(String parameters, String message) {
        assertThat(update(parameters, 1)).isEqualTo(Answer.invalid(message));
    }

    @Test
    void anItemMayNotGrowBeyondItsLimits() {
        String large = "x".repeat(300 * 1024);
        put("\"v\":{\"S\":\"" + large + "\"}", "");

        assertThat(endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"k\"}},\"UpdateExpression\":\"SET w = v\"}"))
                .isEqualTo(Answer.invalid(
                        "Item size to update has exceeded the maximum allowed size"));
        assertThat(put("\"l\":{\"L\":[]}", "")).isEqualTo(Answer.ok("{}"));
        String deep = "{\"L\":[".repeat(31) + "{\"N\":\"1\"}" + "]}".repeat(31);
        assertThat(endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"k\"}},\"UpdateExpression\":\"SET l[0] = :d\",\"ExpressionAttributeValues\":"
                + "{\":d\":" + deep + "}}").body())
                .contains("Nesting Levels have exceeded supported limits");
    }

    @Test
    void consumedCapacityCountsTheLargerItem() {
        put("\"v\":{\"S\":\"" + "x".repeat(3000) + "\"}", "");

        assertThat(endpoint.call("DeleteItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"k\"}},\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                .isEqualTo(Answer.ok("{\"ConsumedCapacity\":{\"TableName\":\"things\","
                        + "\"CapacityUnits\":3.0}}"));
    }

    @Test
    void legacyUpdatesAndExpectationsMeanTheirExpressions() {
        put("\"v\":{\"N\":\"1\"},\"s\":{\"SS\":[\"x\",\"y\"]},\"l\":{\"L\":[]}", "");

        assertThat(endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"k\"}},\"ReturnValues\":\"ALL_NEW\",\"AttributeUpdates\":{\"v\":{\"Action\":"
                + "\"ADD\",\"Value\":{\"N\":\"2\"}},\"s\":{\"Action\":\"DELETE\",\"Value\":"
                + "{\"SS\":[\"y\"]}},\"l\":{\"Action\":\"ADD\",\"Value\":{\"L\":[{\"N\":\"7\"}]}},"
                + "\"p\":{\"Value\":{\"S\":\"new\"}}},\"Expected\":{\"v\":{\"Value\":{\"N\":"
                + "\"1\"}},\"q\":{\"Exists\":false}}}"))
                .isEqualTo(Answer.ok("{\"Attributes\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"3\"},"
                        + "\"s\":{\"SS\":[\"x\"]},\"l\":{\"L\":[{\"N\":\"7\"}]},"
                        + "\"p\":{\"S\":\"new\"}}}"));
        assertThat(put("", ",\"ConditionalOperator\":\"OR\",\"Expected\":{\"v\":"
                + "{\"ComparisonOperator\":\"LT\",\"AttributeValueList\":[{\"N\":\"1\"}]},\"p\":"
                + "{\"ComparisonOperator\":\"NULL\"}}"))
                .isEqualTo(Answer.error(FAILED, "The conditional request failed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Expected":{"v":{}}|Value must be provided when Exists is null for Attribute: v
            "Expected":{"v":{"Exists":false,"Value":{"N":"1"}}}|Value cannot be used when Exists is \
            false for Attribute: v
            "Expected":{"v":{"ComparisonOperator":"EQ"}}|Value or AttributeValueList must be used \
            with ComparisonOperator: EQ for Attribute: v
            "Expected":{"v":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"N":"1"}]}}|\
            Invalid number of argument(s) for the BETWEEN ComparisonOperator
            "Expected":{"v":{"ComparisonOperator":"LT","AttributeValueList":[{"BOOL":true}]}}|\
            ComparisonOperator LT is not valid for BOOL AttributeValue type
            """)
    void legacyExpectationsThatMakeNoSenseAreRefused(String parameter, String message) {
        assertThat(put("", "," + parameter)).isEqualTo(
                Answer.invalid("One or more parameter values were invalid: " + message));
    }

    private Answer put(String attributes, String parameters) {
        return endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"}"
                + (attributes.isEmpty() ? "" : "," + attributes) + "}" + parameters + "}");
    }

    private Answer update(String parameters, int value) {
        return endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"k\"}},\"ExpressionAttributeValues\":{\":v\":{\"N\":\"" + value + "\"}},"
                + parameters + "}");
    }

    private Answer get() {
        return endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}");
    }
}
