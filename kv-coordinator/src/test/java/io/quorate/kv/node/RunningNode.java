package io.quorate.kv.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.storage.DiskSpaceGuard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A node on a directory, with calls that block, for tests. */
public final class RunningNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Node node;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private RunningNode(NodeSettings settings, NodeSeams seams) throws NodeStartException {
        node = Node.start(settings, seams, meters);
    }

    /** Starts a node whose files are small. */
    public static RunningNode on(Path directory) throws NodeStartException {
        return on(directory, NodeSeams.system());
    }

    /** Starts a node whose files are small on these seams. */
    public static RunningNode on(Path directory, NodeSeams seams) throws NodeStartException {
        return on(settings(directory), seams);
    }

    /** Starts a node. */
    public static RunningNode on(NodeSettings settings, NodeSeams seams)
            throws NodeStartException {
        return new RunningNode(settings, seams);
    }

    /** Settings with small files. */
    public static NodeSettings settings(Path directory) {
        NodeSettings defaults = NodeSettings.of(directory, "n1");
        NodeSettings.Disk disk = new NodeSettings.Disk(
                new DiskSpaceGuard.Marks(1 << 20, 2 << 20, 3 << 20, 0),
                defaults.disk().log().withSegments(1 << 20, 4 << 20).withMinimumFree(1 << 20),
                defaults.disk().storage(), defaults.disk().blobs());
        return new NodeSettings(directory, "n1", defaults.threads(), disk, defaults.history());
    }

    public Node node() {
        return node;
    }

    public MeterRegistry meters() {
        return meters;
    }

    public static Key key(String text) {
        return Key.of(7, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(Value value) {
        return new String(value.shared(), StandardCharsets.UTF_8);
    }

    /** Waits for a result under a deadline of its own. */
    public static <T> T await(Mono<T> mono) {
        return await(mono, PATIENCE);
    }

    /** Waits for a result under this deadline. */
    public static <T> T await(Mono<T> mono, Duration within) {
        return Objects.requireNonNull(mono.contextWrite(Deadline.after(within)::into)
                .block(within.plus(PATIENCE)), "completed without a result");
    }

    /** Waits for an end under a deadline of its own. */
    public static void awaitEnd(Mono<Void> mono) {
        mono.contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE.plus(PATIENCE));
    }

    /** Waits for a failure under this deadline. */
    public static KvFailure failure(Mono<?> mono, Duration within) {
        try {
            Object result = await(mono, within);
            throw new AssertionError("succeeded with " + result);
        } catch (KvException e) {
            return e.failure();
        }
    }

    /** Waits for a failure. */
    public static KvFailure failure(Mono<?> mono) {
        return failure(mono, PATIENCE);
    }

    public Committed commit(Transaction transaction) {
        return await(node.kv().commit(transaction));
    }

    public Optional<Versioned> get(Key key) {
        return await(node.kv().get(key));
    }

    public Optional<String> text(Key key) {
        return get(key).map(row -> text(row.value()));
    }

    @Override
    public void close() {
        node.close();
    }
}
