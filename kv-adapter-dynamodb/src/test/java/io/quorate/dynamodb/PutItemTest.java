package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PutItemTest {
    private static final String ONE = "1 validation error detected: ";
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int MAX_ITEM_BYTES = 409_600;

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things")
            .withRangeTable("pairs", "S", "S").withRangeTable("binaries", "B", "B")
            .withRangeTable("numbers", "N", "N");

    @Test
    void allOldAnswersWhatWasReplaced() {
        String request = "{\"TableName\":\"things\",\"ReturnValues\":\"ALL_OLD\",\"Item\":"
                + "{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"%s\"}}}";

        assertThat(endpoint.call("PutItem", request.formatted("1"))).isEqualTo(Answer.ok("{}"));
        assertThat(endpoint.call("PutItem", request.formatted("2.50"))).isEqualTo(
                Answer.ok("{\"Attributes\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"1\"}}}"));
        assertThat(endpoint.call("PutItem", request.formatted("3"))).isEqualTo(
                Answer.ok("{\"Attributes\":{\"a\":{\"S\":\"k\"},\"v\":{\"N\":\"2.5\"}}}"));
    }

    @Test
    void theLargerItemDecidesTheCapacityOfAWrite() {
        put("\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"" + "x".repeat(3000) + "\"}", "");

        assertThat(put("\"a\":{\"S\":\"k\"}", ",\"ReturnConsumedCapacity\":\"TOTAL\"")).isEqualTo(
                Answer.ok(
                        "{\"ConsumedCapacity\":{\"TableName\":\"things\",\"CapacityUnits\":3.0}}"));
        assertThat(put("\"a\":{\"S\":\"k\"}", ",\"ReturnConsumedCapacity\":\"INDEXES\""))
                .isEqualTo(Answer.ok("{\"ConsumedCapacity\":{\"TableName\":\"things\","
                        + "\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":1.0}}}"));
    }

    @Test
    void metricsOfItemCollectionsAreForTablesWithLocalIndexesAndSoAbsent() {
        assertThat(put("\"a\":{\"S\":\"k\"}", ",\"ReturnItemCollectionMetrics\":\"SIZE\""))
                .isEqualTo(Answer.ok("{}"));
    }

    @Test
    void missingParametersAreReportedTogether() {
        assertThat(endpoint.call("PutItem", "{}")).isEqualTo(Answer.invalid(
                "2 validation errors detected: Value null at 'tableName' failed to satisfy"
                        + " constraint: Member must not be null; Value null at 'item' failed to"
                        + " satisfy constraint: Member must not be null"));
        assertThat(endpoint.call("PutItem", "{\"TableName\":null,\"Item\":{}}"))
                .isEqualTo(Answer.invalid(ONE + "Value null at 'tableName' failed to satisfy"
                        + " constraint: Member must not be null"));
    }

    @Test
    void unknownConstantsAreReportedTogether() {
        assertThat(endpoint.call("PutItem", """
                {"TableName":"abc;","ReturnConsumedCapacity":"hi","ReturnValues":"hi",
                 "ReturnItemCollectionMetrics":"hi"}""")).isEqualTo(Answer.invalid(
                "5 validation errors detected: Value 'hi' at 'returnConsumedCapacity' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [INDEXES,"
                        + " TOTAL, NONE]; Value 'abc;' at 'tableName' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern:"
                        + " [a-zA-Z0-9_.-]+; Value null at 'item' failed to satisfy constraint:"
                        + " Member must not be null; Value 'hi' at 'returnValues' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [ALL_NEW,"
                        + " UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value 'hi' at"
                        + " 'returnItemCollectionMetrics' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [SIZE, NONE]"));
    }

    @Test
    void anEmptyTableNameIsReportedAlone() {
        assertThat(endpoint.call("PutItem", "{\"TableName\":\"\",\"ReturnValues\":\"hi\"}"))
                .isEqualTo(Answer.invalid(ONE + "Value '' at 'tableName' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 1"));
    }

    @Test
    void aTableNameHasItsLength() {
        String name = "a".repeat(256);

        assertThat(endpoint.call("PutItem", "{\"TableName\":\"" + name + "\",\"Item\":{}}"))
                .isEqualTo(Answer.invalid(ONE + "Value '" + name + "' at 'tableName' failed to"
                        + " satisfy constraint: Member must have length less than or equal to"
                        + " 255"));
        assertThat(endpoint.call("PutItem", "{\"TableName\":\"ab\",\"Item\":{}}"))
                .isEqualTo(Answer.invalid(ONE + "Value 'ab' at 'tableName' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 3"));
    }

    @Test
    void aTableIsFoundByItsArn() {
        String item = ",\"Item\":{\"a\":{\"S\":\"k\"}}}";
        String arn = "{\"TableName\":\"arn:aws:dynamodb:eu-central-1:%s:table/things\"" + item;

        assertThat(endpoint.call("PutItem", arn.formatted("000000000000")))
                .isEqualTo(Answer.ok("{}"));
        assertThat(endpoint.call("PutItem", arn.formatted("111111111111")))
                .isEqualTo(Answer.error(Endpoint.NOT_FOUND, "Requested resource not found"));
        assertThat(endpoint.call("PutItem", "{\"TableName\":\"arn:aws:s3:::things\"" + item))
                .isEqualTo(Answer.invalid("Invalid table ARN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"UpdateExpression\":\"REMOVE b\"", "\"Key\":{}",
        "\"SomethingNew\":[1,{\"x\":[]}]"})
    void aParameterThatIsNotBuiltIsRefusedAndNothingIsWritten(String parameter) {
        int before = store.commits();
        String name = parameter.substring(1, parameter.indexOf('"', 1));

        assertThat(put("\"a\":{\"S\":\"k\"}", "," + parameter)).isEqualTo(
                Answer.invalid(INVALID + name + " is not supported by this server"));
        assertThat(store.commits()).isEqualTo(before);
    }

    @Test
    void aParameterThatIsNullIsAbsent() {
        assertThat(put("\"a\":{\"S\":\"k\"}",
                ",\"ConditionExpression\":null,\"ReturnValues\":null")).isEqualTo(Answer.ok("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"})
    void returnValuesOfUpdatesAreRefused(String returnValues) {
        assertThat(put("\"a\":{\"S\":\"k\"}", ",\"ReturnValues\":\"" + returnValues + "\""))
                .isEqualTo(Answer.invalid("ReturnValues can only be ALL_OLD or NONE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"N":"abc"}|The parameter cannot be converted to a numeric value: abc
            {"N":""}|`The parameter cannot be converted to a numeric value: `
            {"N":" 1"}|The parameter cannot be converted to a numeric value:  1
            {"N":"1e126"}|Number overflow. Attempting to store a number with magnitude larger than \
            supported range
            {"N":"1e-131"}|Number underflow. Attempting to store a number with magnitude smaller \
            than supported range
            {"N":"123456789012345678901234567890123456789"}|Attempting to store more than 38 \
            significant digits in a Number
            {"NS":["1","x"]}|The parameter cannot be converted to a numeric value: x
            {"M":{"x":{"L":[{"N":"x"}]}}}|The parameter cannot be converted to a numeric value: x
            {}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"S":null}|Supplied AttributeValue is empty, must contain exactly one of the supported \
            datatypes
            {"X":"y"}|Supplied AttributeValue is empty, must contain exactly one of the supported \
            datatypes
            {"L":[null]}|Supplied AttributeValue is empty, must contain exactly one of the \
            supported datatypes
            {"S":"x","N":"1"}|Supplied AttributeValue has more than one datatypes set, must \
            contain exactly one of the supported datatypes
            {"NULL":false}|One or more parameter values were invalid: Null attribute value types \
            must have the value of true
            {"SS":[]}|One or more parameter values were invalid: An string set  may not be empty
            {"NS":[]}|One or more parameter values were invalid: An number set  may not be empty
            {"BS":[]}|One or more parameter values were invalid: Binary sets should not be empty
            {"M":{"x":{"SS":[]}}}|One or more parameter values were invalid: An string set  may \
            not be empty
            {"SS":["b","a","b"]}|One or more parameter values were invalid: Input collection \
            ["a", "b", "b"] contains duplicates.
            {"SS":["",""]}|One or more parameter values were invalid: Input collection ["", ""] \
            contains duplicates.
            {"NS":["2","1","2.0"]}|One or more parameter values were invalid: Input collection \
            contains duplicates.
            {"BS":["/w==","AA==","AA=="]}|One or more parameter values were invalid: Input \
            collection ["AA==","/w==","AA=="]of type BS contains duplicates.
            {"SS":[null]}|One or more parameter values were invalid: A set may not have a null as \
            a member
            {"M":{"":{"S":"x"}}}|Empty attribute name
            """)
    void aValueThatIsNoneIsRefused(String value, String message) {
        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + value, ""))
                .isEqualTo(Answer.invalid(ONE + message));
    }

    @Test
    void constraintsAreReportedBeforeValues() {
        assertThat(endpoint.call("PutItem", "{\"TableName\":\"x!x\",\"Item\":{\"v\":{}}}"))
                .isEqualTo(Answer.invalid(ONE + "Value 'x!x' at 'tableName' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern:"
                        + " [a-zA-Z0-9_.-]+"));
    }

    @Test
    void attributesNestThirtyTwoLevels() {
        String tooDeep = ONE + "Nesting Levels have exceeded supported limits: Attributes in the"
                + " item have nested levels beyond supported limit";

        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + nested("M", 31), ""))
                .isEqualTo(Answer.ok("{}"));
        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + nested("M", 32), ""))
                .isEqualTo(Answer.invalid(tooDeep));
        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + nested("L", 31), ""))
                .isEqualTo(Answer.ok("{}"));
        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + nested("L", 32), ""))
                .isEqualTo(Answer.invalid(tooDeep));
        assertThat(put("\"a\":{\"S\":\"k\"},\"v\":" + nested("M", 20_000), "").body())
                .contains("Nesting Levels have exceeded supported limits");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "1234,3", "1E125,2", "3.14159,5", "100.5,4", "-42,3",
        "12345678901234567890123456789012345678,20"})
    void anItemMayHaveFourHundredKilobytesAndNotOneByteMore(String number, int bytes) {
        int rest = MAX_ITEM_BYTES - "a".length() - "k".length() - "n".length() - bytes - 1;

        assertThat(putNumberAndText(number, rest)).isEqualTo(Answer.ok("{}"));
        assertThat(putNumberAndText(number, rest + 1)).isEqualTo(
                Answer.invalid("Item size has exceeded the maximum allowed size"));
    }

    @Test
    void listsAndMapsCountThreeBytesAndOneForEachElement() {
        int others = "a".length() + "k".length() + "l".length() + 3 + 2 * (1 + 1) + "m".length()
                + 3 + 1 + "x".length() + 1 + "p".length();
        String structures = "\"a\":{\"S\":\"k\"},\"l\":{\"L\":[{\"BOOL\":true},{\"NULL\":true}]},"
                + "\"m\":{\"M\":{\"x\":{\"S\":\"y\"}}},\"p\":{\"S\":\"";

        assertThat(put(structures + "p".repeat(MAX_ITEM_BYTES - others) + "\"}", ""))
                .isEqualTo(Answer.ok("{}"));
        assertThat(put(structures + "p".repeat(MAX_ITEM_BYTES - others + 1) + "\"}", ""))
                .isEqualTo(Answer.invalid("Item size has exceeded the maximum allowed size"));
    }

    @Test
    void textCountsInUtf8() {
        int rest = MAX_ITEM_BYTES - "a".length() - "k".length() - "p".length() - 4;

        assertThat(put("\"a\":{\"S\":\"k\"},\"p\":{\"S\":\"\ud83d\ude00" + "p".repeat(rest)
                + "\"}", "")).isEqualTo(Answer.ok("{}"));
        assertThat(put("\"a\":{\"S\":\"k\"},\"p\":{\"S\":\"\ud83d\ude00" + "p".repeat(rest + 1)
                + "\"}", "").status()).isEqualTo(400);
    }

    @Test
    void anItemNeedsItsKey() {
        assertThat(put("\"b\":{\"S\":\"k\"}", ""))
                .isEqualTo(Answer.invalid(INVALID + "Missing the key a in the item"));
        assertThat(putInto("pairs", "\"a\":{\"S\":\"k\"}"))
                .isEqualTo(Answer.invalid(INVALID + "Missing the key b in the item"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"N":"1"}|N
            {"B":"Yg=="}|B
            {"SS":["x"]}|SS
            {"M":{}}|M
            {"NULL":true}|NULL
            {"BOOL":true}|BOOL
            """)
    void aKeyHasItsType(String value, String actual) {
        assertThat(put("\"a\":" + value, "")).isEqualTo(Answer.invalid(
                INVALID + "Type mismatch for key a expected: S actual: " + actual));
    }

    @Test
    void aKeyIsNotEmpty() {
        String empty = "One or more parameter values are not valid. The AttributeValue for a key"
                + " attribute cannot contain an empty %s value. Key: %s";

        assertThat(put("\"a\":{\"S\":\"\"}", ""))
                .isEqualTo(Answer.invalid(empty.formatted("string", "a")));
        assertThat(putInto("pairs", "\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"\"}"))
                .isEqualTo(Answer.invalid(empty.formatted("string", "b")));
        assertThat(putInto("binaries", "\"a\":{\"B\":\"\"},\"b\":{\"B\":\"AA==\"}"))
                .isEqualTo(Answer.invalid(empty.formatted("binary", "a")));
    }

    @Test
    void aKeyHasItsLength() {
        String hash = "x".repeat(2048);
        String range = "y".repeat(1024);

        assertThat(putInto("pairs", keys(hash, range))).isEqualTo(Answer.ok("{}"));
        assertThat(putInto("pairs", keys(hash + "x", range))).isEqualTo(Answer.invalid(
                INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes"));
        assertThat(putInto("pairs", keys(hash, range + "y"))).isEqualTo(Answer.invalid(INVALID
                + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"));
        assertThat(putInto("pairs", keys("\u00e9".repeat(1025), range)).status())
                .isEqualTo(400);
    }

    @Test
    void theLongestKeysOfZeroBytesFit() {
        String hash = "A".repeat(2048 / 3 * 4) + "AAA=";
        String range = "A".repeat(1024 / 3 * 4) + "AA==";

        assertThat(putInto("binaries",
                "\"a\":{\"B\":\"" + hash + "\"},\"b\":{\"B\":\"" + range + "\"}"))
                .isEqualTo(Answer.ok("{}"));
    }

    @Test
    void equalNumbersAreOneKey() {
        putInto("numbers", "\"a\":{\"N\":\"100\"},\"b\":{\"N\":\"-0.0\"},\"v\":{\"S\":\"old\"}");

        assertThat(endpoint.call("PutItem", """
                {"TableName":"numbers","ReturnValues":"ALL_OLD",
                 "Item":{"a":{"N":"1.00E2"},"b":{"N":"0"}}}""")).isEqualTo(Answer.ok(
                "{\"Attributes\":{\"a\":{\"N\":\"100\"},\"b\":{\"N\":\"0\"},"
                        + "\"v\":{\"S\":\"old\"}}}"));
    }

    @Test
    void thereMustBeSuchATable() {
        assertThat(putInto("absent", "\"a\":{\"S\":\"k\"}"))
                .isEqualTo(Answer.error(Endpoint.NOT_FOUND, "Requested resource not found"));
    }

    private Answer put(String attributes, String parameters) {
        return endpoint.call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{" + attributes + "}" + parameters + "}");
    }

    private Answer putInto(String table, String attributes) {
        return endpoint.call("PutItem",
                "{\"TableName\":\"" + table + "\",\"Item\":{" + attributes + "}}");
    }

    private Answer putNumberAndText(String number, int length) {
        return put("\"a\":{\"S\":\"k\"},\"n\":{\"N\":\"" + number + "\"},\"p\":{\"S\":\""
                + "x".repeat(length) + "\"}", "");
    }

    private static String keys(String hash, String range) {
        return "\"a\":{\"S\":\"" + hash + "\"},\"b\":{\"S\":\"" + range + "\"}";
    }

    private static String nested(String type, int levels) {
        String open = type.equals("M") ? "{\"M\":{\"n\":" : "{\"L\":[";
        String close = type.equals("M") ? "}}" : "]}";
        return open.repeat(levels) + "{\"S\":\"leaf\"}" + close.repeat(levels);
    }
}
