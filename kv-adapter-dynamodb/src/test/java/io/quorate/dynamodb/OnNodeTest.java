package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.dynamodb.Endpoint.Answer;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.node.Node;
import io.quorate.kv.node.NodeSeams;
import io.quorate.kv.node.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter over a node: log, consensus and RocksDB, in this process. */
class OnNodeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int WRITERS = 8;
    private static final int WRITES_EACH = 25;
    private static final String ALL_OLD = "{\"TableName\":\"things\",\"ReturnValues\":\"ALL_OLD\","
            + "\"Item\":{\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"%s\"}}}";

    @TempDir
    Path data;

    private Node node;
    private Endpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        NodeSettings defaults = NodeSettings.of(data, "n1");
        NodeSettings.Disk small = new NodeSettings.Disk(defaults.disk().marks(),
                defaults.disk().log().withSegments(8 << 20, 32 << 20).withMinimumFree(1 << 20),
                defaults.disk().storage(), defaults.disk().blobs());
        node = Node.start(
                new NodeSettings(data, "n1", defaults.threads(), small, defaults.history()),
                NodeSeams.system(), new SimpleMeterRegistry());
        endpoint = new Endpoint(node.kv(), node.atLeader());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatWasPutIsThereAfterARestart() throws Exception {
        endpoint.withHashTable("things");
        for (int i = 0; i < WRITES_EACH; i++) {
            assertThat(put("k" + i, "v" + i)).isEqualTo(Answer.ok("{}"));
        }

        stop();
        start();

        for (int i = 0; i < WRITES_EACH; i++) {
            assertThat(get("k" + i).body()).contains("\"v" + i + "\"");
        }
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("\"TableStatus\":\"ACTIVE\"");
    }

    @Test
    void ofConcurrentPutsEachReplacesAnotherOnesItem() throws Exception {
        endpoint.withHashTable("things");

        List<String> replaced = concurrently(writer -> IntStream.range(0, WRITES_EACH)
                .mapToObj(i -> valueOf(endpoint
                        .call("PutItem", ALL_OLD.formatted("w" + writer + "-" + i)).body()))
                .toList());

        List<String> all = IntStream.range(0, WRITERS).boxed()
                .flatMap(writer -> IntStream.range(0, WRITES_EACH)
                        .mapToObj(i -> "w" + writer + "-" + i))
                .toList();
        replaced.add(valueOf(get("k").body()));
        // The first one replaced nothing; every other value was replaced once, or is there now.
        assertThat(replaced).hasSize(all.size() + 1).containsOnlyOnce("").containsAll(all);
    }

    @Test
    void aRepeatedPutIsAppliedOnceEvenAfterARestart() throws Exception {
        endpoint.withHashTable("things").call("PutItem", ALL_OLD.formatted("before"));
        Answer first = endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("mine"));
        endpoint.invocation("2").call("PutItem", ALL_OLD.formatted("theirs"));

        stop();
        start();

        assertThat(endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("mine")))
                .isEqualTo(first);
        assertThat(get("k").body()).contains("theirs");
    }

    @Test
    void aTableThatWasRemovedElsewhereIsNotFound() {
        endpoint.withHashTable("things").call("PutItem", ALL_OLD.formatted("v"));
        removeTable(1);

        assertThat(get("k").body()).contains("ResourceNotFoundException");
        assertThat(put("k", "w").body()).contains("ResourceNotFoundException");
        assertThat(endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("w")).body())
                .contains("ResourceNotFoundException");
        assertThat(get("k").body()).contains("ResourceNotFoundException");
    }

    @Test
    void ofManyWhoAddToOneItemNothingIsLostAndNobodyIsRefused() throws Exception {
        endpoint.withHashTable("things");
        int writers = 64;
        int each = 10;
        String add = "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}},\"UpdateExpression\":"
                + "\"ADD v :one\",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}";

        List<String> answers = concurrently(writers, writer -> IntStream.range(0, each)
                .mapToObj(i -> endpoint.call("UpdateItem", add).body()).toList());

        assertThat(answers).hasSize(writers * each).containsOnly("{}");
        assertThat(get("k").body()).contains("\"v\":{\"N\":\"" + writers * each + "\"}");
    }

    @Test
    void readersOfATransactionSeeAllOfATransferOrNothing() throws Exception {
        endpoint.withHashTable("things");
        put("a", "x");
        String update = "{\"Update\":{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"%s\"}},"
                + "\"UpdateExpression\":\"ADD n :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":"
                + "\"%s\"}}}}";
        String transfer = "{\"TransactItems\":[" + update.formatted("one", "1") + ","
                + update.formatted("two", "-1") + "]}";
        String read = "{\"TransactItems\":[{\"Get\":{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":"
                + "\"one\"}},\"ProjectionExpression\":\"n\"}},{\"Get\":{\"TableName\":\"things\","
                + "\"Key\":{\"a\":{\"S\":\"two\"}},\"ProjectionExpression\":\"n\"}}]}";
        endpoint.call("TransactWriteItems", transfer);

        List<String> answers = concurrently(writer -> IntStream.range(0, WRITES_EACH)
                .mapToObj(i -> writer % 2 == 0
                        ? endpoint.call("TransactWriteItems", transfer).body()
                        : endpoint.call("TransactGetItems", read).body())
                .toList());

        assertThat(answers).allSatisfy(answer -> {
            List<Integer> numbers = Pattern.compile("\"N\":\"(-?[0-9]+)\"").matcher(answer)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1))).toList();
            assertThat(numbers.stream().mapToInt(Integer::intValue).sum()).isZero();
            assertThat(answer).doesNotContain("Exception");
        });
        assertThat(endpoint.call("TransactGetItems", read).body())
                .contains("\"N\":\"" + (WRITERS / 2 * WRITES_EACH + 1) + "\"");
    }

    @Test
    void indexesAndScansSurviveARestart() throws Exception {
        endpoint.withHashTable("things");
        for (int i = 0; i < WRITES_EACH; i++) {
            put("k" + i, "v" + i % 2);
        }
        endpoint.call("UpdateTable", """
                {"TableName":"things","AttributeDefinitions":[{"AttributeName":"v",
                 "AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"byV",
                 "KeySchema":[{"AttributeName":"v","KeyType":"HASH"}],
                 "Projection":{"ProjectionType":"KEYS_ONLY"}}}]}""");
        endpoint.upkeep();

        stop();
        start();

        assertThat(endpoint.call("Query", "{\"TableName\":\"things\",\"IndexName\":\"byV\","
                + "\"Select\":\"COUNT\",\"KeyConditionExpression\":\"v = :v\","
                + "\"ExpressionAttributeValues\":{\":v\":{\"S\":\"v1\"}}}"))
                .isEqualTo(Answer.ok("{\"Count\":12,\"ScannedCount\":12}"));
        assertThat(endpoint.call("Scan", "{\"TableName\":\"things\",\"Select\":\"COUNT\"}"))
                .isEqualTo(Answer.ok("{\"Count\":25,\"ScannedCount\":25}"));
    }

    @Test
    void anItemOfFourHundredKilobytesComesBack() {
        endpoint.withHashTable("things");
        String value = "x".repeat(400 * 1024 - 3);

        assertThat(put("k", value)).isEqualTo(Answer.ok("{}"));
        assertThat(get("k").body()).contains(value);
        assertThat(put("k", value + "x").status()).isEqualTo(400);
    }

    @Test
    void ofThoseWhoCreateOneTableAtOnceOneSucceeds() throws Exception {
        List<String> answers = concurrently(writer -> List.of(endpoint.call("CreateTable", """
                {"TableName":"same","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}""").body()));

        assertThat(answers).filteredOn(answer -> answer.contains("CREATING")).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.contains("ResourceInUseException"))
                .hasSize(WRITERS - 1);
    }

    @Test
    void clientsThatCreateTablesAtOnceAreNotInEachOthersWay() throws Exception {
        int clients = 16;

        List<String> answers = concurrently(clients, client -> IntStream.range(0, 8)
                .mapToObj(i -> endpoint.call("CreateTable", """
                        {"TableName":"t%d-%d","BillingMode":"PAY_PER_REQUEST",
                        "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
                        "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}"""
                        .formatted(client, i)))
                .filter(answer -> answer.status() != 200).map(Answer::body).toList());

        assertThat(answers).isEmpty();
    }

    private List<String> concurrently(Writer work) throws Exception {
        return concurrently(WRITERS, work);
    }

    private static List<String> concurrently(int count, Writer work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Callable<List<String>>> writers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int writer = i;
                writers.add(() -> work.run(writer));
            }
            List<String> results = new ArrayList<>();
            for (Future<List<String>> done : threads.invokeAll(writers)) {
                results.addAll(done.get());
            }
            return results;
        }
    }

    private void removeTable(long number) {
        List<Mutation> mutations = new ArrayList<>();
        for (Key fence : TableKeyspace.fences(number)) {
            mutations.add(new Mutation.Delete(fence));
        }
        mutations.add(new Mutation.Delete(
                TableKeyspace.definition(new TableName("000000000000", "things"))));
        node.kv().commit(new Transaction(List.of(), mutations))
                .contextWrite(context -> Deadline.after(TIMEOUT).into(context)).block(TIMEOUT);
    }

    private Answer put(String key, String value) {
        return endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"" + key
                + "\"},\"v\":{\"S\":\"" + value + "\"}}}");
    }

    private Answer get(String key) {
        return endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"" + key + "\"}}}");
    }

    /** The text of the attribute v in an answer; "" if there is none. */
    private static String valueOf(String body) {
        int at = body.indexOf("\"v\":{\"S\":\"");
        int from = at + "\"v\":{\"S\":\"".length();
        return at < 0 ? "" : body.substring(from, body.indexOf('"', from));
    }

    /** What one of the writers does. */
    private interface Writer {
        List<String> run(int writer);
    }
}
