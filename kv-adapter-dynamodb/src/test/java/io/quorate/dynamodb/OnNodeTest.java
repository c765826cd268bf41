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

    private List<String> concurrently(Writer work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<List<String>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
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
