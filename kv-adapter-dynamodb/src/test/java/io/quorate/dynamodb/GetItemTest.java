package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetItemTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String MISMATCH = "The provided key element does not match the schema";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things")
            .withRangeTable("pairs", "S", "N").withRangeTable("binaries", "B", "S");

    @Test
    void bothKeysNameAnItem() {
        endpoint.call("PutItem",
                "{\"TableName\":\"pairs\",\"Item\":{\"b\":{\"N\":\"1\"},\"a\":{\"S\":\"x\"}}}");
        endpoint.call("PutItem",
                "{\"TableName\":\"pairs\",\"Item\":{\"b\":{\"N\":\"2\"},\"a\":{\"S\":\"x\"}}}");

        assertThat(get("pairs", "\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"2.0\"}"))
                .isEqualTo(Answer.ok("{\"Item\":{\"b\":{\"N\":\"2\"},\"a\":{\"S\":\"x\"}}}"));
        assertThat(get("pairs", "\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"3\"}"))
                .isEqualTo(Answer.ok("{}"));
    }

    @ParameterizedTest
    @CsvSource({"true,TOTAL,2.0", "false,TOTAL,1.0", "true,INDEXES,2.0", "false,INDEXES,1.0"})
    void aReadConsumesByFourKilobytesAndHalfIfItNeedNotBeConsistent(String consistent,
            String asked, String units) {
        endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"},"
                + "\"v\":{\"S\":\"" + "x".repeat(5000) + "\"}}}");
        String table = asked.equals("INDEXES")
                ? ",\"Table\":{\"CapacityUnits\":" + units + "}"
                : "";

        assertThat(get("things", "\"a\":{\"S\":\"k\"}", ",\"ConsistentRead\":" + consistent
                + ",\"ReturnConsumedCapacity\":\"" + asked + "\"").body())
                .endsWith(",\"ConsumedCapacity\":{\"TableName\":\"things\",\"CapacityUnits\":"
                        + units + table + "}}");
    }

    @Test
    void aReadThatFindsNothingConsumesToo() {
        assertThat(get("things", "\"a\":{\"S\":\"k\"}", ",\"ReturnConsumedCapacity\":\"TOTAL\""))
                .isEqualTo(Answer.ok(
                        "{\"ConsumedCapacity\":{\"TableName\":\"things\",\"CapacityUnits\":0.5}}"));
    }

    @Test
    void missingParametersAreReportedTogether() {
        assertThat(endpoint.call("GetItem", "{\"ReturnConsumedCapacity\":\"hi\"}")).isEqualTo(
                Answer.invalid("3 validation errors detected: Value 'hi' at"
                        + " 'returnConsumedCapacity' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [INDEXES, TOTAL, NONE]; Value null at"
                        + " 'tableName' failed to satisfy constraint: Member must not be null;"
                        + " Value null at 'key' failed to satisfy constraint: Member must not be"
                        + " null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"b\":{\"S\":\"x\"}", "\"a\":{\"N\":\"1\"}",
        "\"a\":{\"SS\":[\"x\"]}", "\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"x\"}"})
    void aKeyHasTheAttributesOfTheSchemaAndNoOther(String key) {
        assertThat(get("things", key)).isEqualTo(Answer.invalid(MISMATCH));
    }

    @Test
    void aKeyOfATableWithASortKeyHasTwoAttributes() {
        assertThat(get("pairs", "\"a\":{\"S\":\"x\"}")).isEqualTo(Answer.invalid(MISMATCH));
        assertThat(get("pairs", "\"a\":{\"S\":\"x\"},\"c\":{\"N\":\"1\"}"))
                .isEqualTo(Answer.invalid(MISMATCH));
    }

    @Test
    void aKeyIsNeitherEmptyNorTooLong() {
        assertThat(get("things", "\"a\":{\"S\":\"\"}")).isEqualTo(Answer.invalid(
                "One or more parameter values are not valid. The AttributeValue for a key"
                        + " attribute cannot contain an empty string value. Key: a"));
        assertThat(get("binaries", "\"a\":{\"B\":\"\"},\"b\":{\"S\":\"x\"}"))
                .isEqualTo(Answer.invalid("One or more parameter values are not valid. The"
                        + " AttributeValue for a key attribute cannot contain an empty binary"
                        + " value. Key: a"));
        assertThat(get("things", "\"a\":{\"S\":\"" + "x".repeat(2049) + "\"}"))
                .isEqualTo(Answer.invalid(INVALID
                        + "Size of hashkey has exceeded the maximum size limit of2048 bytes"));
        assertThat(get("binaries",
                "\"a\":{\"B\":\"AA==\"},\"b\":{\"S\":\"" + "x".repeat(1025) + "\"}"))
                .isEqualTo(Answer.invalid(INVALID + "Aggregated size of all range keys has"
                        + " exceeded the size limit of 1024 bytes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"N":"abc"}|The parameter cannot be converted to a numeric value: abc
            {"N":"1e126"}|Number overflow. Attempting to store a number with magnitude larger than \
            supported range
            {}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"SS":["b","a","b"]}|One or more parameter values were invalid: Input collection \
            ["a", "b", "b"] contains duplicates.
            """)
    void aValueThatIsNoneIsRefusedWithoutAnEnvelope(String value, String message) {
        assertThat(get("things", "\"a\":" + value)).isEqualTo(Answer.invalid(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ExpressionAttributeValues\":{\":a\":{\"S\":\"a\"}}",
        "\"SomethingNew\":1"})
    void aParameterThatIsNotBuiltIsRefused(String parameter) {
        String name = parameter.substring(1, parameter.indexOf('"', 1));

        assertThat(get("things", "\"a\":{\"S\":\"k\"}", "," + parameter)).isEqualTo(
                Answer.invalid(INVALID + name + " is not supported by this server"));
    }

    @Test
    void thereMustBeSuchATable() {
        assertThat(get("absent", ""))
                .isEqualTo(Answer.error(Endpoint.NOT_FOUND, "Requested resource not found"));
    }

    private Answer get(String table, String key) {
        return get(table, key, "");
    }

    private Answer get(String table, String key, String parameters) {
        return endpoint.call("GetItem",
                "{\"TableName\":\"" + table + "\",\"Key\":{" + key + "}" + parameters + "}");
    }
}
