package io.quorate.benchmarks.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.node.Node;
import io.quorate.kv.node.NodeSeams;
import io.quorate.kv.node.NodeSettings;
import io.quorate.kv.node.NodeStartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** A one-member node in a temporary directory, with fsync, and its callers' requests. */
public final class NodeUnderLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final Node node;

    private NodeUnderLoad(Path directory, Node node) {
        this.directory = directory;
        this.node = node;
    }

    /** Starts a node. */
    public static NodeUnderLoad start() throws IOException, NodeStartException {
        // Read once, when the engine is loaded: its timers must not see the wall clock.
        System.setProperty("com.hazelcast.clock.impl",
                "io.quorate.kv.raft.hazelcast.MonotonicHazelcastClock");
        System.setProperty("hazelcast.logging.type", "slf4j");
        Path directory = Files.createTempDirectory("quorate-bench");
        return new NodeUnderLoad(directory, Node.start(NodeSettings.of(directory, "bench"),
                NodeSeams.system(), new SimpleMeterRegistry()));
    }

    /** Writes a row and waits until it is committed. */
    public void put(long item, int valueBytes) {
        await(node.kv().commit(Transaction
                .of(new Mutation.Put(key(item), Value.of(value(item, valueBytes))))));
    }

    /** Reads a row and compares it. */
    public void get(long item, int valueBytes) {
        Optional<Versioned> row = await(node.kv().get(key(item))).orElseThrow();
        byte[] found = row.map(versioned -> versioned.value().shared()).orElse(new byte[0]);
        if (!Arrays.equals(found, value(item, valueBytes))) {
            throw new IllegalStateException("a wrong value of item " + item);
        }
    }

    /** Verifies leadership. */
    public void verify() {
        await(node.probe().verifyLeader());
    }

    @Override
    public void close() throws IOException {
        node.close();
        List<Path> paths;
        try (Stream<Path> all = Files.walk(directory)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static <T> Optional<T> await(Mono<T> mono) {
        CompletableFuture<T> answer = mono.contextWrite(Deadline.after(PATIENCE)::into).toFuture();
        return Optional.ofNullable(answer.join());
    }

    private static Key key(long item) {
        return Key.of((int) (item * 40_503L & 0xFFFF),
                ("bench-" + item).getBytes(US_ASCII));
    }

    private static byte[] value(long item, int bytes) {
        ByteBuffer value = ByteBuffer.allocate(bytes);
        while (value.remaining() >= Long.BYTES) {
            value.putLong(item * 0x9E3779B97F4A7C15L + value.position());
        }
        return value.array();
    }
}
