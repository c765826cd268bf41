package io.quorate.gateway.campaign;

import io.quorate.fixtures.net.FreePorts;
import io.quorate.fixtures.process.ChildProcess;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.gateway.it.AwsClients;
import io.quorate.gateway.it.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node of a cluster: its ports and its data stay, its processes come and go. For one thread. */
final class ClusterNode implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private final String id;
    private final Path data;
    private final Path output;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private final int peerPort = FreePorts.next();
    private final TcpProxy entrance;
    private @Nullable ChildProcess process;

    /** @param senders names the node that connects from a port */
    ClusterNode(String id, Path data, Path output, IntFunction<String> senders) {
        this.id = id;
        this.data = data;
        this.output = output;
        this.entrance = new TcpProxy(
                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), peerPort), senders);
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    /** Where it listens for other nodes, and serves the key-value service; reached directly. */
    int peerPort() {
        return peerPort;
    }

    /** Where the other nodes reach it, through the network that can be bent. */
    String address() {
        return "127.0.0.1:" + entrance.port();
    }

    /** What others send to it. */
    TcpProxy entrance() {
        return entrance;
    }

    AwsClients clients() {
        return AwsClients.of(port);
    }

    /** Starts it; does not wait. The command line is always the same. */
    void start(String peers, Map<String, String> environment) {
        process = ChildProcess.start(ServerCommand.java(JVM, List.of("server", "--data",
                data.toString(), "--node-id", id, "--peers", peers, "--port",
                String.valueOf(port), "--management-port", String.valueOf(managementPort),
                "--peer-port", String.valueOf(peerPort), "--advertise", address())), environment,
                output);
    }

    /** All that its processes have printed so far. */
    String printed() {
        return Optional.ofNullable(process).map(ChildProcess::printed).orElse("");
    }

    Optional<ChildProcess> running() {
        return Optional.ofNullable(process).filter(ChildProcess::isAlive);
    }

    /** Its process; it must run. */
    ChildProcess process() {
        return running().orElseThrow(() -> new AssertionError(id + " does not run"));
    }

    void killNine() {
        process().killNine();
    }

    /** Takes its data away. */
    void wipe() {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return data;
    }

    @Override
    public void close() {
        Optional.ofNullable(process).ifPresent(ChildProcess::close);
        entrance.close();
    }
}
