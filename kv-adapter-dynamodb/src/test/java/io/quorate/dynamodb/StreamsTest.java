package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import io.quorate.kv.Key;
import io.quorate.kv.keyspace.KeyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
    private static final String LABEL = "2025-11-24T16:00:00.123";
    private static final String ARN = "arn:aws:dynamodb:eu-central-1:000000000000:table/things/stream/"
            + LABEL;
    private static final Pattern SHARD = Pattern.compile("\"ShardId\":\"([^\"]+)\"");
    private static final Pattern ITERATOR = Pattern.compile("ShardIterator\":\"([^\"]+)\"");
    private static final Pattern RECORD = Pattern.compile("\"eventName\":\"([A-Z]+)\"");
    private static final Pattern SEQUENCE = Pattern.compile("\"SequenceNumber\":\"(\\d+)\"");
    private static final int SHARDS = 16;

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);

    @BeforeEach
    void create() {
        create("things", "NEW_AND_OLD_IMAGES");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            KEYS_ONLY|"Keys":{"a":{"S":"k"}},"SequenceNumber"
            NEW_IMAGE|"Keys":{"a":{"S":"k"}},"NewImage":{"a":{"S":"k"},"v":{"N":"2"}},"SequenceNumber"
            OLD_IMAGE|"Keys":{"a":{"S":"k"}},"OldImage":{"a":{"S":"k"},"v":{"N":"1"}},"SequenceNumber"
            NEW_AND_OLD_IMAGES|"Keys":{"a":{"S":"k"}},"NewImage":{"a":{"S":"k"},"v":{"N":"2"}},"OldImage":\
            {"a":{"S":"k"},"v":{"N":"1"}},"SequenceNumber"
            """)
    void aRecordCarriesWhatTheViewSays(String view, String images) {
        create("viewed", view);
        put("viewed", "k", 1);
        put("viewed", "k", 2);

        List<String> records = records(ARN.replace("things", "viewed"));

        assertThat(records).hasSize(1);
        String second = records.getFirst().substring(records.getFirst().indexOf("MODIFY"));
        assertThat(second).contains("\"eventSource\":\"aws:dynamodb\"",
                "\"awsRegion\":\"eu-central-1\"",
                "\"ApproximateCreationDateTime\":1764000000", images,
                "\"StreamViewType\":\"" + view + "\"");
    }

    @Test
    void changesOfAnItemComeInTheirOrderAndOnce() {
        put("things", "k", 1);
        put("things", "k", 2);
        call("UpdateItem", """
                {"TableName":"things","Key":{"a":{"S":"k"}},"UpdateExpression":"SET v = v"}""");
        put("things", "k", 2);
        call("DeleteItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}");
        call("DeleteItem", "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}");

        assertThat(names(String.join("", records(ARN))))
                .containsExactly("INSERT", "MODIFY", "REMOVE");
    }

    @Test
    void aWriteThatIsRefusedLeavesNoRecord() {
        put("things", "k", 1);

        assertThat(endpoint.call("UpdateItem", """
                {"TableName":"things","Key":{"a":{"S":"k"}},"UpdateExpression":"SET v = :v",
                "ConditionExpression":"v > :v","ExpressionAttributeValues":{":v":{"N":"5"}}}""")
                .body()).contains("ConditionalCheckFailed");
        assertThat(names(String.join("", records(ARN)))).containsExactly("INSERT");
    }

    @Test
    void transactionsAndBatchesAreRecordedItemByItem() {
        call("TransactWriteItems", """
                {"TransactItems":[{"Put":{"TableName":"things","Item":{"a":{"S":"1"}}}},
                {"Put":{"TableName":"things","Item":{"a":{"S":"2"}}}}]}""");
        call("BatchWriteItem", """
                {"RequestItems":{"things":[{"PutRequest":{"Item":{"a":{"S":"3"}}}},
                {"DeleteRequest":{"Key":{"a":{"S":"1"}}}}]}}""");

        assertThat(names(String.join("", records(ARN)))).containsExactlyInAnyOrder("INSERT",
                "INSERT", "INSERT", "REMOVE");
    }

    @Test
    void anExpiredItemIsRemovedByTheService() {
        call("UpdateTimeToLive",
                """
                        {"TableName":"things","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}}""");
        call("PutItem", """
                {"TableName":"things","Item":{"a":{"S":"k"},"t":{"N":"1763999999"}}}""");
        endpoint.upkeep();

        List<String> records = records(ARN);

        assertThat(names(String.join("", records))).containsExactly("INSERT", "REMOVE");
        assertThat(records.getFirst().substring(records.getFirst().indexOf("REMOVE"))).contains(
                "\"userIdentity\":{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}");
        assertThat(records.getFirst().substring(0, records.getFirst().indexOf("REMOVE")))
                .doesNotContain("userIdentity");
    }

    @Test
    void aLimitEndsAPageAndTheNextGoesOn() {
        for (int i = 1; i <= 5; i++) {
            put("things", "k", i);
        }
        String shard = shardWithRecords(ARN);
        String first = read(iterator(ARN, shard, "\"TRIM_HORIZON\""), 2);
        String second = read(next(first), 2);
        String third = read(next(second), 2);

        assertThat(List.of(first, second, third)).extracting(page -> names(page).size())
                .containsExactly(2, 2, 1);
        assertThat(names(read(next(third), 2))).isEmpty();
        put("things", "k", 6);
        assertThat(names(read(next(third), 2))).containsExactly("MODIFY");
    }

    @Test
    void iteratorsBeginWhereTheySay() {
        put("things", "k", 1);
        put("things", "k", 2);
        put("things", "k", 3);
        String shard = shardWithRecords(ARN);
        String all = read(iterator(ARN, shard, "\"TRIM_HORIZON\""), 10);
        List<String> numbers = SEQUENCE.matcher(all).results().map(found -> found.group(1))
                .toList();
        assertThat(numbers).hasSize(3);
        String second = "\"SequenceNumber\":\"" + numbers.get(1) + "\"";

        assertThat(names(read(iterator(ARN, shard, "\"AT_SEQUENCE_NUMBER\"," + second), 10)))
                .hasSize(2);
        assertThat(names(read(iterator(ARN, shard, "\"AFTER_SEQUENCE_NUMBER\"," + second), 10)))
                .hasSize(1);
        String latest = iterator(ARN, shard, "\"LATEST\"");
        assertThat(names(read(latest, 10))).isEmpty();
        put("things", "k", 4);
        assertThat(names(read(latest, 10))).containsExactly("MODIFY");
    }

    @Test
    void aStreamThatIsSwitchedOffEndsAndANewOneBegins() {
        put("things", "k", 1);
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":"
                        + "\"NEW_AND_OLD_IMAGES\"},\"LatestStreamLabel\":\"" + LABEL
                        + "\",\"LatestStreamArn\":\"" + ARN + "\"");

        String off = "{\"TableName\":\"things\",\"StreamSpecification\":{\"StreamEnabled\":false}}";
        call("UpdateTable", off);
        put("things", "k", 2);

        assertThat(endpoint.call("UpdateTable", off)).isEqualTo(
                Answer.invalid("Table has no stream to disable: TableName: things"));
        assertThat(names(String.join("", records(ARN)))).containsExactly("INSERT");
        String shard = shardWithRecords(ARN);
        assertThat(read(iterator(ARN, shard, "\"TRIM_HORIZON\""), 10))
                .doesNotContain("NextShardIterator");
        assertThat(describe(ARN)).contains("\"StreamStatus\":\"DISABLED\"",
                "\"EndingSequenceNumber\":\"100000000000000000001\"");

        String on = "{\"TableName\":\"things\",\"StreamSpecification\":{\"StreamEnabled\":true,"
                + "\"StreamViewType\":\"KEYS_ONLY\"}}";
        call("UpdateTable", on);
        put("things", "k", 3);
        assertThat(endpoint.call("UpdateTable", on)).isEqualTo(
                Answer.invalid("Table already has an enabled stream: TableName: things"));
        String younger = ARN.replace(".123", ".124");
        assertThat(names(String.join("", records(younger)))).containsExactly("MODIFY");
        assertThat(endpoint.streams("ListStreams", "{\"TableName\":\"things\"}").body())
                .contains(ARN, younger);
    }

    @Test
    void aDeletedTablesStreamIsKeptForADay() {
        put("things", "k", 1);
        String shard = shardWithRecords(ARN);
        String iterator = iterator(ARN, shard, "\"TRIM_HORIZON\"");
        call("DeleteTable", "{\"TableName\":\"things\"}");
        endpoint.upkeep();

        assertThat(names(read(iterator, 10))).containsExactly("INSERT");
        endpoint.advance(Duration.ofHours(24).plusSeconds(1)).upkeep();
        assertThat(endpoint.streams("DescribeStream", "{\"StreamArn\":\"" + ARN + "\"}").body())
                .contains("ResourceNotFoundException",
                        "Requested resource not found: Stream: " + ARN + " not found");
        assertThat(store.keys()).extracting(StreamsTest::kind).containsOnly(65L);
    }

    @Test
    void recordsOlderThanADayAreTrimmed() {
        put("things", "k", 1);
        String shard = shardWithRecords(ARN);
        endpoint.advance(Duration.ofHours(24).plusSeconds(1));
        store.advance(Duration.ofHours(24).plusSeconds(1));
        String early = iterator(ARN, shard, "\"TRIM_HORIZON\"");
        put("things", "k", 2);
        endpoint.upkeep();

        assertThat(names(read(iterator(ARN, shard, "\"TRIM_HORIZON\""), 10)))
                .containsExactly("MODIFY");
        assertThat(endpoint.streams("GetRecords", "{\"ShardIterator\":\"" + early + "\"}").body())
                .contains("#TrimmedDataAccessException");
        assertThat(endpoint.streams("GetShardIterator", begin(ARN, shard,
                "\"AT_SEQUENCE_NUMBER\",\"SequenceNumber\":\"100000000000000000001\"")).body())
                .contains("#TrimmedDataAccessException");
    }

    @Test
    void anIteratorExpiresAfterAQuarterOfAnHour() {
        String iterator = iterator(ARN, shards(ARN).getFirst(), "\"LATEST\"");
        endpoint.advance(Duration.ofMinutes(15));
        assertThat(endpoint.streams("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}")
                .status()).isEqualTo(200);
        endpoint.advance(Duration.ofMillis(1));

        assertThat(endpoint.streams("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}")
                .body()).contains("#ExpiredIteratorException");
    }

    @Test
    void shardsAndStreamsComeInPages() {
        create("others", "KEYS_ONLY");
        assertThat(shards(ARN)).hasSize(SHARDS).doesNotHaveDuplicates();
        String page = endpoint.streams("DescribeStream",
                "{\"StreamArn\":\"" + ARN + "\",\"Limit\":10}").body();
        String last = shards(ARN).get(9);
        assertThat(page).contains("\"LastEvaluatedShardId\":\"" + last + "\"");
        assertThat(matches(SHARD, endpoint.streams("DescribeStream", "{\"StreamArn\":\"" + ARN
                + "\",\"ExclusiveStartShardId\":\"" + last + "\"}").body()))
                .isEqualTo(shards(ARN).subList(10, SHARDS));

        String one = endpoint.streams("ListStreams", "{\"Limit\":1}").body();
        assertThat(one).contains("table/others/stream/", "LastEvaluatedStreamArn");
        assertThat(endpoint.streams("ListStreams", "{\"ExclusiveStartStreamArn\":\""
                + ARN.replace("things", "others") + "\"}"))
                .isEqualTo(Answer.ok("{\"Streams\":[{\"StreamArn\":\"" + ARN
                        + "\",\"StreamLabel\":\"" + LABEL + "\",\"TableName\":\"things\"}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GetRecords|{"ShardIterator":"x"}|Invalid ShardIterator
            GetRecords|{}|1 validation error detected: Value null at 'shardIterator' failed to satisfy \
            constraint: Member must not be null
            GetRecords|{"ShardIterator":"x","Limit":1001}|1 validation error detected: Value '1001' at \
            'limit' failed to satisfy constraint: Member must have value less than or equal to 1000
            DescribeStream|{"StreamArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/things"}|Invalid \
            StreamArn: arn:aws:dynamodb:eu-central-1:000000000000:table/things
            ListStreams|{"Limit":0}|1 validation error detected: Value '0' at 'limit' failed to satisfy \
            constraint: Member must have value greater than or equal to 1
            """)
    void requestsThatMakeNoSenseAreRefused(String action, String request, String message) {
        assertThat(endpoint.streams(action, request)).isEqualTo(Answer.invalid(message));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String other = ARN.replace("things", "nothing");
        assertThat(endpoint.streams("DescribeStream", "{\"StreamArn\":\"" + other + "\"}").body())
                .contains("ResourceNotFoundException");
        assertThat(endpoint.streams("DescribeStream", "{\"StreamArn\":\""
                + ARN.replace("000000000000", "111111111111") + "\"}").body())
                .contains("ResourceNotFoundException");
        assertThat(endpoint.streams("GetShardIterator",
                begin(ARN, "shardId-00000000000000000000-00000000", "\"LATEST\"")).body())
                .contains("ResourceNotFoundException");
    }

    private static long kind(Key key) {
        return KeyReader.of(key).number(0);
    }

    private void create(String table, String view) {
        call("CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
                 "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"%s"}}"""
                .formatted(table, view));
    }

    private void put(String table, String key, int value) {
        call("PutItem", "{\"TableName\":\"" + table + "\",\"Item\":{\"a\":{\"S\":\"" + key
                + "\"},\"v\":{\"N\":\"" + value + "\"}}}");
    }

    private void call(String action, String request) {
        assertThat(endpoint.call(action, request).status()).as(action).isEqualTo(200);
    }

    private String describe(String arn) {
        return endpoint.streams("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}").body();
    }

    private List<String> shards(String arn) {
        return matches(SHARD, describe(arn));
    }

    private static String begin(String arn, String shard, String type) {
        return "{\"StreamArn\":\"" + arn + "\",\"ShardId\":\"" + shard
                + "\",\"ShardIteratorType\":" + type + "}";
    }

    private String iterator(String arn, String shard, String type) {
        return next(endpoint.streams("GetShardIterator", begin(arn, shard, type)).body());
    }

    private static String next(String answer) {
        return matches(ITERATOR, answer).getFirst();
    }

    private String read(String iterator, int limit) {
        return endpoint.streams("GetRecords",
                "{\"ShardIterator\":\"" + iterator + "\",\"Limit\":" + limit + "}").body();
    }

    /** What each shard that has records answers. */
    private List<String> records(String arn) {
        return shards(arn).stream()
                .map(shard -> read(iterator(arn, shard, "\"TRIM_HORIZON\""), 1000))
                .filter(page -> page.contains("eventName")).toList();
    }

    private String shardWithRecords(String arn) {
        return shards(arn).stream()
                .filter(shard -> !names(read(iterator(arn, shard, "\"TRIM_HORIZON\""), 1))
                        .isEmpty())
                .findFirst().orElseThrow();
    }

    private static List<String> names(String answer) {
        return matches(RECORD, answer);
    }

    private static List<String> matches(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
