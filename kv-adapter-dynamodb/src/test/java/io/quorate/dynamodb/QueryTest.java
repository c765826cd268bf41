package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and Scan of a table with indexes. */
class QueryTest {
    private static final Pattern SORT = Pattern.compile("\"b\":\\{\"N\":\"(-?[0-9]+)\"}");
    private static final Pattern LAST = Pattern
            .compile("\"LastEvaluatedKey\":(\\{(?:[^{}]|\\{[^{}]*})*})");

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);

    @BeforeEach
    void fill() {
        Answer created = endpoint.call("CreateTable", """
                {"TableName":"things","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},
                  {"AttributeName":"b","AttributeType":"N"},
                  {"AttributeName":"g","AttributeType":"S"},
                  {"AttributeName":"l","AttributeType":"N"}],
                 "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},
                  {"AttributeName":"b","KeyType":"RANGE"}],
                 "LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":[
                  {"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
                  "Projection":{"ProjectionType":"KEYS_ONLY"}}],
                 "GlobalSecondaryIndexes":[{"IndexName":"global","KeySchema":[
                  {"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
                  "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["p"]}}]}""");
        assertThat(created.status()).isEqualTo(200);
        for (int b = -2; b < 8; b++) {
            put("x", b, b % 2 == 0 ? "even" : "odd", 100 - b);
        }
        put("y", 1, "odd", 1);
        endpoint.call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"z\"},\"b\":{\"N\":\"9\"}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a = :a|-2,-1,0,1,2,3,4,5,6,7
            a = :a AND b = :v|3
            a = :a AND b < :v|-2,-1,0,1,2
            a = :a AND b <= :v|-2,-1,0,1,2,3
            a = :a AND b > :v|4,5,6,7
            b >= :v AND a = :a|3,4,5,6,7
            a = :a AND b BETWEEN :v AND :w|3,4,5
            a = :a AND :v < b|4,5,6,7
            """)
    void keyConditionsBoundTheSortKey(String condition, String expected) {
        String values = (condition.contains(":v") ? ",\":v\":{\"N\":\"3\"}" : "")
                + (condition.contains(":w") ? ",\":w\":{\"N\":\"5\"}" : "");

        assertThat(sortKeys(query(condition, "x", values, ""))).isEqualTo(expected);
    }

    @Test
    void orderIsTurnedAroundAndBounded() {
        assertThat(sortKeys(query("a = :a", "x", "", ",\"ScanIndexForward\":false,\"Limit\":3")))
                .isEqualTo("7,6,5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void pagesFollowEachOther(String forward) {
        List<String> found = new ArrayList<>();
        String start = "";
        for (int pages = 0; pages < 6; pages++) {
            Answer page = query("a = :a", "x", "",
                    ",\"Limit\":3,\"ScanIndexForward\":" + forward + start);
            String keys = sortKeysOfItems(page.body());
            if (!keys.isEmpty()) {
                found.add(keys);
            }
            Matcher last = LAST.matcher(page.body());
            if (!last.find()) {
                break;
            }
            start = ",\"ExclusiveStartKey\":" + last.group(1);
        }

        assertThat(String.join(",", found)).isEqualTo(forward.equals("true")
                ? "-2,-1,0,1,2,3,4,5,6,7"
                : "7,6,5,4,3,2,1,0,-1,-2");
    }

    @Test
    void aFilterIsAppliedToWhatWasRead() {
        assertThat(query("a = :a", "x", ",\":o\":{\"S\":\"odd\"}",
                ",\"FilterExpression\":\"g = :o\",\"Limit\":4,\"Select\":\"COUNT\"").body())
                .startsWith("{\"Count\":2,\"ScannedCount\":4,\"LastEvaluatedKey\"");
    }

    @Test
    void aLocalIndexIsSortedByItsOwnKeyAndFetchesTheRest() {
        String index = ",\"IndexName\":\"local\",\"Limit\":2";

        assertThat(query("a = :a", "x", "", index).body()).startsWith("{\"Items\":["
                + "{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"7\"},\"l\":{\"N\":\"93\"}},"
                + "{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"6\"},\"l\":{\"N\":\"94\"}}]");
        assertThat(query("a = :a AND l > :v", "x", ",\":v\":{\"N\":\"101\"}",
                ",\"IndexName\":\"local\",\"ProjectionExpression\":\"p\"").body())
                .startsWith("{\"Items\":[{\"p\":{\"S\":\"p-2\"}}]");
    }

    @Test
    void aGlobalIndexHoldsTheItemsThatHaveItsKey() {
        String index = ",\"IndexName\":\"global\"";

        assertThat(sortKeys(query("g = :a", "odd", "", index))).isEqualTo("1,7,5,3,1,-1");
        assertThat(query("g = :a AND l = :v", "even", ",\":v\":{\"N\":\"100\"}", index).body())
                .startsWith("{\"Items\":[{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"0\"},"
                        + "\"g\":{\"S\":\"even\"},\"l\":{\"N\":\"100\"},"
                        + "\"p\":{\"S\":\"p0\"}}]");
    }

    @Test
    void indexesFollowUpdatesAndDeletions() {
        endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":" + key("x", 0)
                + ",\"UpdateExpression\":\"SET g = :g\",\"ExpressionAttributeValues\":{\":g\":"
                + "{\"S\":\"other\"}}}");
        endpoint.call("UpdateItem", "{\"TableName\":\"things\",\"Key\":" + key("x", 2)
                + ",\"UpdateExpression\":\"REMOVE g\"}");
        endpoint.call("DeleteItem",
                "{\"TableName\":\"things\",\"Key\":" + key("x", 4) + "}");

        assertThat(sortKeys(query("g = :a", "even", "", ",\"IndexName\":\"global\"")))
                .isEqualTo("6,-2");
        assertThat(sortKeys(query("g = :a", "other", "", ",\"IndexName\":\"global\"")))
                .isEqualTo("0");
        assertThat(sortKeys(query("a = :a", "x", "", ",\"IndexName\":\"local\"")))
                .isEqualTo("7,6,5,3,2,1,0,-1,-2");
    }

    @Test
    void aScanFindsEveryItemOnceInAnyNumberOfSegments() {
        assertThat(scan("").body()).endsWith(",\"Count\":12,\"ScannedCount\":12}");
        int found = 0;
        for (int segment = 0; segment < 7; segment++) {
            Matcher count = Pattern.compile("\"Count\":([0-9]+)").matcher(
                    scan(",\"TotalSegments\":7,\"Segment\":" + segment).body());
            assertThat(count.find()).isTrue();
            found += Integer.parseInt(count.group(1));
        }
        assertThat(found).isEqualTo(12);
    }

    @Test
    void aScanIsReadPageByPage() {
        long found = 0;
        String start = "";
        for (int pages = 0; pages < 20; pages++) {
            Answer page = scan(",\"Limit\":5" + start);
            found += SORT.matcher(page.body().replaceAll("\"LastEvaluatedKey.*", "")).results()
                    .count();
            Matcher last = LAST.matcher(page.body());
            if (!last.find()) {
                break;
            }
            start = ",\"ExclusiveStartKey\":" + last.group(1);
        }
        assertThat(found).isEqualTo(12);
    }

    @Test
    void indexesAreScannedToo() {
        assertThat(scan(",\"IndexName\":\"global\",\"Select\":\"COUNT\"").body())
                .isEqualTo("{\"Count\":11,\"ScannedCount\":11}");
        assertThat(scan(",\"IndexName\":\"local\",\"Select\":\"COUNT\"").body())
                .isEqualTo("{\"Count\":11,\"ScannedCount\":11}");
    }

    @Test
    void aPageEndsAtAMegabyte() {
        for (int i = 0; i < 4; i++) {
            endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"big\"},"
                    + "\"b\":{\"N\":\"" + i + "\"},\"v\":{\"S\":\"" + "x".repeat(390_000)
                    + "\"}}}");
        }
        Answer page = query("a = :a", "big", "", ",\"ProjectionExpression\":\"b\"");

        assertThat(page.body()).contains("\"Count\":3,\"ScannedCount\":3,\"LastEvaluatedKey\":"
                + key("big", 2));
    }

    @Test
    void legacyConditionsMeanTheirExpressions() {
        Answer answer = endpoint.call("Query", "{\"TableName\":\"things\",\"KeyConditions\":{\"a\":"
                + "{\"ComparisonOperator\":\"EQ\",\"AttributeValueList\":[{\"S\":\"x\"}]},\"b\":"
                + "{\"ComparisonOperator\":\"GE\",\"AttributeValueList\":[{\"N\":\"4\"}]}},"
                + "\"QueryFilter\":{\"g\":{\"ComparisonOperator\":\"EQ\",\"AttributeValueList\":"
                + "[{\"S\":\"even\"}]}},\"AttributesToGet\":[\"b\"]}");

        assertThat(answer.body()).startsWith(
                "{\"Items\":[{\"b\":{\"N\":\"4\"}},{\"b\":{\"N\":\"6\"}}],\"Count\":2,"
                        + "\"ScannedCount\":4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            b = :a||Query condition missed key schema element: a
            a > :a||Query key condition not supported
            a = :a AND p = :a||Query key condition not supported
            a = :a OR b = :a||Invalid KeyConditionExpression: Invalid operator used in \
            KeyConditionExpression: OR
            a = :a AND a = :a||Invalid KeyConditionExpression: KeyConditionExpressions must only \
            contain one condition per key
            a = :a AND b = :a||One or more parameter values were invalid: Condition parameter type \
            does not match schema type
            a = :a|,"IndexName":"none"|The table does not have the specified index: none
            g = :a|,"IndexName":"global","ConsistentRead":true|Consistent reads are not supported on \
            global secondary indexes
            a = :a|,"FilterExpression":"b > :a"|Filter Expression can only contain non-primary key \
            attributes: Primary key attribute: b
            a = :a|,"Select":"SPECIFIC_ATTRIBUTES"|Must specify the AttributesToGet or \
            ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
            g = :a|,"IndexName":"global","Select":"ALL_ATTRIBUTES"|One or more parameter values were \
            invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index global \
            because its projection type is not ALL
            a = :a|,"ExclusiveStartKey":{"a":{"S":"x"}}|The provided starting key is invalid: The \
            provided key element does not match the schema
            a = :a|,"ExclusiveStartKey":{"a":{"S":"y"},"b":{"N":"1"}}|The provided starting key is \
            outside query boundaries based on provided conditions
            a = :a|,"Limit":0|1 validation error detected: Value '0' at 'limit' failed to satisfy \
            constraint: Member must have value greater than or equal to 1
            """)
    void whatCannotBeQueriedIsRefused(String condition, String parameters, String message) {
        assertThat(query(condition, "x", "", parameters == null ? "" : parameters))
                .isEqualTo(Answer.invalid(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ,"Segment":0|The TotalSegments parameter is required but was not present in the request \
            when Segment parameter is present
            ,"TotalSegments":2|The Segment parameter is required but was not present in the request \
            when parameter TotalSegments is present
            ,"TotalSegments":2,"Segment":2|The Segment parameter is zero-based and must be less than \
            parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2
            ,"KeyConditionExpression":"a"|One or more parameter values were invalid: \
            KeyConditionExpression is not supported by this server
            """)
    void whatCannotBeScannedIsRefused(String parameters, String message) {
        assertThat(scan(parameters)).isEqualTo(Answer.invalid(message));
    }

    private void put(String a, int b, String g, int l) {
        Answer put = endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\""
                + a + "\"},\"b\":{\"N\":\"" + b + "\"},\"g\":{\"S\":\"" + g
                + "\"},\"l\":{\"N\":\"" + l + "\"},\"p\":{\"S\":\"p" + b
                + "\"},\"q\":{\"S\":\"q\"}}}");
        assertThat(put).isEqualTo(Answer.ok("{}"));
    }

    private static String key(String a, int b) {
        return "{\"a\":{\"S\":\"" + a + "\"},\"b\":{\"N\":\"" + b + "\"}}";
    }

    private Answer query(String condition, String a, String values, String parameters) {
        return endpoint.call("Query",
                "{\"TableName\":\"things\",\"KeyConditionExpression\":\"" + condition
                        + "\",\"ExpressionAttributeValues\":{\":a\":{\"S\":\"" + a + "\"}" + values
                        + "}" + parameters + "}");
    }

    private Answer scan(String parameters) {
        return endpoint.call("Scan", "{\"TableName\":\"things\"" + parameters + "}");
    }

    private static String sortKeys(Answer answer) {
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return sortKeysOfItems(answer.body());
    }

    private static String sortKeysOfItems(String body) {
        return String.join(",", SORT.matcher(body.replaceAll("\"LastEvaluatedKey.*", ""))
                .results().map(found -> found.group(1)).toList());
    }
}
