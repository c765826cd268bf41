package io.quorate.kv.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.fixtures.net.FreePorts;
import io.quorate.kv.storage.DiskSpaceGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Nodes n1, n2, ... in one JVM, each with its data directory, over real gRPC on loopback. For one test's
 * thread.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.of(directory, 3)) {
 *     cluster.startAll();
 *     Node leader = cluster.awaitLeader();
 *     ...
 *     cluster.stop(leader);
 * }
 * }</pre>
 */
public final class TestCluster implements AutoCloseable {
    /** How long anything here may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path root;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final List<String> founders;
    private final Map<String, Node> running = new ConcurrentHashMap<>();
    private final Map<String, MeterRegistry> meters = new ConcurrentHashMap<>();
    private BiFunction<String, NodeSeams, NodeSeams> seams = (nodeId, system) -> system;

    private TestCluster(Path root, int size) {
        this.root = root;
        this.founders = IntStream.rangeClosed(1, size).mapToObj(n -> "n" + n).toList();
        founders.forEach(this::portOf);
    }

    /** A cluster that is not started yet. */
    public static TestCluster of(Path root, int size) {
        return new TestCluster(root, size);
    }

    /** A cluster that serves. */
    public static TestCluster started(Path root, int size) {
        TestCluster cluster = of(root, size);
        boolean well = false;
        try {
            cluster.startAll();
            cluster.awaitLeader();
            well = true;
            return cluster;
        } finally {
            if (!well) {
                cluster.close();
            }
        }
    }

    /** What the nodes that are started from now on take from outside. */
    public TestCluster withSeams(UnaryOperator<NodeSeams> change) {
        return withSeamsOf((nodeId, system) -> change.apply(system));
    }

    /** What each node, by name, takes from outside when it is started from now on. */
    public TestCluster withSeamsOf(BiFunction<String, NodeSeams, NodeSeams> change) {
        seams = change;
        return this;
    }

    /** The port of a node, the same at every start. */
    private int portOf(String nodeId) {
        return ports.computeIfAbsent(nodeId, id -> FreePorts.next());
    }

    /** Lets a node listen elsewhere at its next start. */
    public void moveAway(String nodeId) {
        ports.put(nodeId, FreePorts.next());
    }

    /** The names the cluster is founded with. */
    public List<String> founders() {
        return founders;
    }

    /** Where a node keeps its data. */
    public Path directory(String nodeId) {
        return root.resolve(nodeId);
    }

    /** Host and port of a node's peer port. */
    public String address(String nodeId) {
        return "127.0.0.1:" + portOf(nodeId);
    }

    /** The settings a node is started with: small files, the founders and itself as peers. */
    public NodeSettings settings(String nodeId) {
        NodeSettings defaults = NodeSettings.of(directory(nodeId), nodeId);
        NodeSettings.Disk disk = new NodeSettings.Disk(
                new DiskSpaceGuard.Marks(1 << 20, 2 << 20, 3 << 20, 0),
                defaults.disk().log().withSegments(1 << 20, 4 << 20).withMinimumFree(1 << 20),
                defaults.disk().storage(), defaults.disk().blobs());
        Map<String, String> peers = new LinkedHashMap<>();
        founders.forEach(founder -> peers.put(founder, address(founder)));
        return new NodeSettings(directory(nodeId), nodeId, defaults.threads(), disk,
                defaults.history(), Optional.of(new ClusterSettings(peers,
                        ClusterSettings.Listener.loopback(portOf(nodeId)), PATIENCE)));
    }

    /** Starts every founder that does not run, together, and waits for all of them. */
    public void startAll() {
        List<CompletableFuture<Node>> starts = new ArrayList<>();
        founders.stream().filter(id -> !running.containsKey(id))
                .forEach(id -> starts.add(starting(id)));
        starts.forEach(CompletableFuture::join);
    }

    /** Begins to start a node; a new cluster's node is started when the others are, too. */
    public CompletableFuture<Node> starting(String nodeId) {
        return starting(settings(nodeId));
    }

    /** Begins to start a node with other settings. */
    public CompletableFuture<Node> starting(NodeSettings settings) {
        CompletableFuture<Node> started = new CompletableFuture<>();
        Thread.ofPlatform().name("start-" + settings.nodeId()).start(() -> {
            try {
                MeterRegistry registry = new SimpleMeterRegistry();
                Node node = Node.start(settings,
                        seams.apply(settings.nodeId(), NodeSeams.system()), registry);
                meters.put(settings.nodeId(), registry);
                running.put(settings.nodeId(), node);
                started.complete(node);
            } catch (NodeStartException | RuntimeException | Error e) {
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    /** Starts a node and waits for it. */
    public Node start(String nodeId) {
        return starting(nodeId).join();
    }

    /** Stops a node in order, as a SIGTERM does. */
    public void stop(String nodeId) {
        Node node = running.remove(nodeId);
        if (node != null) {
            node.close();
        }
    }

    /** Deletes the data of a node that does not run. */
    public void wipe(String nodeId) {
        if (running.containsKey(nodeId)) {
            throw new IllegalStateException(nodeId + " runs");
        }
        try (Stream<Path> paths = Files.exists(directory(nodeId))
                ? Files.walk(directory(nodeId))
                : Stream.<Path>empty()) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node that runs. */
    public Node node(String nodeId) {
        return Optional.ofNullable(running.get(nodeId))
                .orElseThrow(() -> new IllegalStateException(nodeId + " does not run"));
    }

    /** The meters of a node, of its present life. */
    public MeterRegistry meters(String nodeId) {
        return Optional.ofNullable(meters.get(nodeId))
                .orElseThrow(() -> new IllegalStateException(nodeId + " does not run"));
    }

    /** The names of those that run, in order. */
    public List<String> running() {
        return running.keySet().stream().sorted().toList();
    }

    /** The name of the node that leads the default group, as a quorum of it confirms now. */
    public String awaitLeaderId() {
        return Awaitility.await("a leader").atMost(PATIENCE).until(
                () -> running().stream().filter(this::leads).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** The node that leads the default group. */
    public Node awaitLeader() {
        return node(awaitLeaderId());
    }

    /** One that runs and does not lead. */
    public String awaitFollowerId() {
        String leader = awaitLeaderId();
        return running().stream().filter(id -> !id.equals(leader)).findFirst().orElseThrow();
    }

    /** Whether a quorum confirms that a node leads. */
    public boolean leads(String nodeId) {
        try {
            RunningNode.awaitEnd(node(nodeId).probe().verifyLeader());
            return true;
        } catch (io.quorate.kv.KvException refused) {
            return false;
        }
    }

    /** Waits until every node that runs is ready. */
    public void awaitReady() {
        Awaitility.await("everybody ready").atMost(PATIENCE).until(() -> running.values().stream()
                .allMatch(node -> node.health().reasonNotReady().isEmpty()));
    }

    /** Stops everything at once. */
    @Override
    public void close() {
        List<Node> all = List.copyOf(running.values());
        running.clear();
        List<CompletableFuture<Void>> ends = all.stream()
                .map(node -> CompletableFuture.runAsync(node::close)).toList();
        ends.forEach(CompletableFuture::join);
    }
}
