package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Condition;
import io.quorate.kv.Condition.VersionIs;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random transactions by several clients, checked afterwards: in the order of their commit timestamps
 * each saw exactly the versions that those before it wrote, and that order agrees with real time.
 */
class StrictSerializabilityTest {
    private static final int CLIENTS = 8;
    private static final int TRANSACTIONS = 250;
    private static final int KEYS = 6;

    @TempDir
    Path directory;
    private final ConcurrentLinkedQueue<Done> history = new ConcurrentLinkedQueue<>();

    /**
     * A committed transaction.
     *
     * @param begun before it was asked for
     * @param ended after it was acknowledged
     * @param commitTs its place
     * @param seen the version of each key it read
     * @param written the keys it wrote
     */
    private record Done(long begun, long ended, long commitTs, Map<String, Long> seen,
            List<String> written) {}

    @Test
    void historyIsStrictlySerializable() throws Exception {
        long seed = System.nanoTime();
        try (RunningNode node = RunningNode.on(directory);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                clients.execute(() -> run(node, random));
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(history).as("seed %d", seed).hasSizeGreaterThan(CLIENTS * TRANSACTIONS / 10);
        check(history.stream().sorted(Comparator.comparingLong(Done::commitTs)).toList(), seed);
    }

    private void run(RunningNode node, Random random) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            long begun = System.nanoTime();
            Map<String, Long> seen = new HashMap<>();
            List<Condition> conditions = new ArrayList<>();
            for (String name : names(random)) {
                Optional<Versioned> row = node.get(key(name));
                long version = row.map(Versioned::version).orElse(Versioned.ABSENT);
                seen.put(name, version);
                conditions.add(new VersionIs(key(name), version));
            }
            List<String> written = names(random);
            List<Mutation> puts = new ArrayList<>();
            written.forEach(name -> puts.add(new Put(key(name), value("x"))));
            commit(node, new Transaction(conditions, puts)).ifPresent(commitTs -> history
                    .add(new Done(begun, System.nanoTime(), commitTs, seen, written)));
        }
    }

    private static Optional<Long> commit(RunningNode node, Transaction transaction) {
        try {
            return Optional.of(node.commit(transaction).commitTs());
        } catch (KvException e) {
            assertThat(e.failure()).isInstanceOf(KvFailure.ConditionFailed.class);
            return Optional.empty();
        }
    }

    private static List<String> names(Random random) {
        return random.ints(1 + random.nextInt(2), 0, KEYS).distinct()
                .mapToObj(number -> "key" + number).toList();
    }

    private static void check(List<Done> inOrder, long seed) {
        Map<String, Long> versions = new HashMap<>();
        long latestBegin = Long.MIN_VALUE;
        long last = 0;
        for (Done done : inOrder) {
            assertThat(done.commitTs()).as("places are not shared, seed %d", seed)
                    .isGreaterThan(last);
            last = done.commitTs();
            done.seen().forEach((name, version) -> assertThat(version)
                    .as("what %s saw of %s, seed %d", done, name, seed)
                    .isEqualTo(versions.getOrDefault(name, Versioned.ABSENT)));
            done.written().forEach(name -> versions.put(name, done.commitTs()));
            assertThat(done.ended())
                    .as("%s ended before one ordered ahead of it began, seed %d", done, seed)
                    .isGreaterThan(latestBegin);
            latestBegin = Math.max(latestBegin, done.begun());
        }
    }
}
