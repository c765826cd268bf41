package io.quorate.gateway.operate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Run a cluster on this machine.
 *
 * @param nodes how many
 * @param data below it each has its directory
 * @param ports of the first node
 * @param others flags for every server
 */
public record ClusterCommand(int nodes, Path data, Ports ports, List<String> others) {
    /** From one node to the next. */
    private static final int STEP = 10;

    public ClusterCommand {
        others = List.copyOf(others);
    }

    /**
     * Ports of one node.
     *
     * @param endpoint S3, SQS and DynamoDB
     * @param management health and metrics
     * @param peer for the other nodes
     */
    public record Ports(int endpoint, int management, int peer) {
        Ports of(int node) {
            int more = STEP * (node - 1);
            return new Ports(endpoint + more, management + more, peer + more);
        }
    }

    /** The arguments of one node's server. */
    List<String> server(int node) {
        Ports own = ports.of(node);
        List<String> all = new java.util.ArrayList<>(List.of("server", "--node-id", "n" + node,
                "--data", directory(node).toString(), "--peers", peers(), "--port",
                String.valueOf(own.endpoint()), "--management-port",
                String.valueOf(own.management()), "--peer-port", String.valueOf(own.peer())));
        all.addAll(others);
        return all;
    }

    /** Where a node keeps its data. */
    Path directory(int node) {
        return data.resolve("n" + node);
    }

    private String peers() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> "n" + node + "=127.0.0.1:" + ports.of(node).peer())
                .collect(Collectors.joining(","));
    }
}
