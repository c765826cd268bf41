package io.quorate.gateway.it;

import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.config.SettingsReader;
import io.quorate.gateway.wiring.QuorateServer;
import java.nio.file.Path;
import java.util.Map;

/** A whole server in this process, on free ports. */
public final class RunningServer implements AutoCloseable {
    private final QuorateServer server;

    private RunningServer(QuorateServer server) {
        this.server = server;
    }

    /** Starts one on the data in the folder. */
    public static RunningServer on(Path data) {
        return on(data, Map.of());
    }

    /** Starts one with a root identity and perhaps more from the environment. */
    public static RunningServer on(Path data, Map<String, String> environment) {
        return start(Map.of(ServerFlags.Flag.DATA, data.toString(), ServerFlags.Flag.PORT, "0",
                ServerFlags.Flag.MANAGEMENT_PORT, "0"), environment);
    }

    /** Starts one whose port for nodes and for the key-value service is known. */
    public static RunningServer on(Path data, Map<String, String> environment, int peerPort) {
        return start(Map.of(ServerFlags.Flag.DATA, data.toString(), ServerFlags.Flag.PORT, "0",
                ServerFlags.Flag.MANAGEMENT_PORT, "0", ServerFlags.Flag.PEER_PORT,
                String.valueOf(peerPort)), environment);
    }

    /** Starts one from a settings file, which names the data. */
    public static RunningServer from(Path file) {
        return start(Map.of(ServerFlags.Flag.CONFIG, file.toString(), ServerFlags.Flag.PORT, "0",
                ServerFlags.Flag.MANAGEMENT_PORT, "0"), Map.of());
    }

    private static RunningServer start(Map<ServerFlags.Flag, String> flags,
            Map<String, String> environment) {
        return new RunningServer(QuorateServer.start(
                SettingsReader.read(new ServerFlags(flags), environment), sentence -> {
                    throw new AssertionError(sentence);
                }));
    }

    public int port() {
        return server.port();
    }

    public int managementPort() {
        return server.managementPort();
    }

    /** Clients with the development credentials. */
    public AwsClients clients() {
        return AwsClients.of(port());
    }

    @Override
    public void close() {
        server.close();
    }
}
