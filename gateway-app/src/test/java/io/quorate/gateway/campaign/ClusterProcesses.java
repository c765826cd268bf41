package io.quorate.gateway.campaign;

import static org.awaitility.Awaitility.await;

import io.quorate.fixtures.process.SocketOwners;
import io.quorate.fixtures.proxy.Direction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes n1, n2, ... as processes of their own, and the network between them. */
final class ClusterProcesses implements AutoCloseable {
    /** Generous, for the machine may be busy: how long a start, an election or a healing may take. */
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(1);

    private final List<ClusterNode> nodes;
    private final Function<String, Map<String, String>> environment;

    private ClusterProcesses(Path data, Path output, int size,
            Function<String, Map<String, String>> environment) {
        this.environment = environment;
        this.nodes = IntStream.rangeClosed(1, size).mapToObj(i -> new ClusterNode("n" + i,
                data.resolve("n" + i), output.resolve("n" + i + ".log"), this::senderOf)).toList();
    }

    /**
     * Starts a cluster and waits until every node is ready.
     *
     * @param environment of each node's process, by the node's name
     */
    static ClusterProcesses start(Path data, Path output, int size,
            Function<String, Map<String, String>> environment) {
        ClusterProcesses cluster = new ClusterProcesses(data, output, size, environment);
        boolean well = false;
        try {
            cluster.nodes.forEach(cluster::start);
            cluster.awaitReady();
            well = true;
            return cluster;
        } finally {
            if (!well) {
                cluster.close();
            }
        }
    }

    private String senderOf(int port) {
        Map<Long, String> byPid = nodes.stream().filter(node -> node.running().isPresent())
                .collect(Collectors.toMap(node -> node.process().pid(), ClusterNode::id));
        return SocketOwners.ofPort(port, List.copyOf(byPid.keySet())).map(byPid::get)
                .orElse("nobody");
    }

    List<ClusterNode> nodes() {
        return nodes;
    }

    List<ClusterNode> others(ClusterNode node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    /** Starts a node that does not run, with the command line it always has. */
    void start(ClusterNode node) {
        node.start(nodes.stream().map(each -> each.id() + "=" + each.address())
                .collect(Collectors.joining(",")), environment.apply(node.id()));
    }

    /** Waits until all nodes that run are ready and one leads. */
    void awaitReady() {
        nodes.forEach(this::awaitReady);
        ClusterNode unused = awaitLeader();
    }

    /** Waits until a node is ready, or fails as soon as its process ends. */
    void awaitReady(ClusterNode node) {
        await("readiness of " + node.id()).atMost(PATIENCE)
                .failFast("the process of " + node.id() + " ended",
                        () -> node.running().isEmpty())
                .until(() -> Probe.of(node, "/healthz/ready", PROBE).status() == 200);
    }

    /** The node that says now that it leads, with a quorum. */
    Optional<ClusterNode> leader() {
        return nodes.stream().filter(node -> node.running().isPresent())
                .filter(node -> Probe.of(node, "/healthz/leader", PROBE).status() == 200)
                .findFirst();
    }

    /** Waits until some node leads. */
    ClusterNode awaitLeader() {
        return await("a leader").atMost(PATIENCE).until(this::leader, Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until one of these leads. */
    ClusterNode awaitLeader(List<ClusterNode> among) {
        return await("a leader").atMost(PATIENCE)
                .until(() -> leader().filter(among::contains), Optional::isPresent).orElseThrow();
    }

    /** Whatever one sends does not reach the other: neither its requests nor its answers. */
    void cut(ClusterNode from, ClusterNode to) {
        to.entrance().stall(from.id(), Direction.TO_SERVER);
        from.entrance().stall(to.id(), Direction.TO_CLIENT);
    }

    /** Cuts a node off from these, both ways. */
    void isolate(ClusterNode node, List<ClusterNode> from) {
        from.forEach(other -> {
            cut(node, other);
            cut(other, node);
        });
    }

    /** All links work again; what was under way is lost with its connections. */
    void heal() {
        nodes.forEach(node -> node.entrance().healAfterLoss());
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
    }
}
