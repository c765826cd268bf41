package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Many clients write one object at once, under conditions, through all three nodes. */
class ConditionalWritersIT extends Campaign {
    private static final String BUCKET = "conditions";
    private static final int CREATORS = 64;
    private static final int COUNTERS = 32;

    private List<S3Client> clients = List.of();

    @BeforeEach
    void connect() {
        clients = cluster().nodes().stream().map(node -> node.clients().s3()).toList();
        clients.getFirst().createBucket(to -> to.bucket(BUCKET));
    }

    @AfterEach
    void disconnect() {
        clients.forEach(S3Client::close);
    }

    @Test
    void ofManyCreatorsOfOneKeyExactlyOneWins() throws Exception {
        create(5);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void ofManyCreatorsOfOneKeyExactlyOneWinsAHundredTimes() throws Exception {
        create(100);
    }

    @Test
    void countersThatCompareWhatTheySawLoseNoStep() throws Exception {
        count(2);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void countersThatCompareWhatTheySawLoseNoneOfManySteps() throws Exception {
        count(20);
    }

    private S3Client client(int caller) {
        return clients.get(caller % clients.size());
    }

    private void create(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String key = "once-" + round;
            List<Boolean> won = atOnce(CREATORS, creator -> isDone(() -> client(creator).putObject(
                    to -> to.bucket(BUCKET).key(key).ifNoneMatch("*"),
                    RequestBody.fromString("of " + creator))));

            assertThat(won).filteredOn(wins -> wins).as("winners of round %d", round).hasSize(1);
            assertThat(clients).allSatisfy(client -> assertThat(client
                    .getObjectAsBytes(of -> of.bucket(BUCKET).key(key)).asUtf8String())
                    .isEqualTo("of " + won.indexOf(true)));
        }
    }

    private void count(int steps) throws Exception {
        clients.getFirst().putObject(to -> to.bucket(BUCKET).key("counter"),
                RequestBody.fromString("0"));

        List<Boolean> done = atOnce(COUNTERS, counter -> {
            for (int step = 0; step < steps; step++) {
                while (!stepped(client(counter))) {
                    Thread.onSpinWait();
                }
            }
            return true;
        });

        assertThat(done).hasSize(COUNTERS);
        assertThat(clients).allSatisfy(client -> assertThat(client
                .getObjectAsBytes(of -> of.bucket(BUCKET).key("counter")).asUtf8String())
                .isEqualTo(Integer.toString(COUNTERS * steps)));
    }

    /** Adds one to what it sees, unless somebody else has added meanwhile. */
    private static boolean stepped(S3Client client) {
        ResponseBytes<GetObjectResponse> seen = client
                .getObjectAsBytes(of -> of.bucket(BUCKET).key("counter"));
        int next = Integer.parseInt(seen.asUtf8String()) + 1;
        return isDone(() -> client.putObject(
                to -> to.bucket(BUCKET).key("counter").ifMatch(seen.response().eTag()),
                RequestBody.fromString(Integer.toString(next))));
    }

    /** False if the condition did not hold; nothing else may be answered. */
    private static boolean isDone(Runnable write) {
        try {
            write.run();
            return true;
        } catch (S3Exception refused) {
            assertThat(refused.awsErrorDetails().errorCode()).isIn("PreconditionFailed",
                    "ConditionalRequestConflict");
            return false;
        }
    }

    /** What each caller does, numbered from 0, all of them at once. */
    private interface Work {
        boolean of(int caller) throws Exception;
    }

    private static List<Boolean> atOnce(int callers, Work work) throws Exception {
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            Stream<Callable<Boolean>> calls = IntStream.range(0, callers)
                    .mapToObj(caller -> () -> work.of(caller));
            for (Future<Boolean> result : threads.invokeAll(calls.toList())) {
                results.add(result.get());
            }
        }
        return results;
    }
}
