package io.quorate.gateway.campaign;

import io.quorate.fixtures.process.KeptOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test on a cluster of processes of its own; its limit is for machines that do much else. */
@Timeout(600)
abstract class Campaign {
    @RegisterExtension
    final KeptOutput output = new KeptOutput();
    @TempDir
    Path data;

    /** How long a question to a node's health may take. */
    static final Duration PROBE = Duration.ofSeconds(1);

    private final int size;
    private @Nullable ClusterProcesses started;

    /** On three nodes. */
    Campaign() {
        this(3);
    }

    /** On so many nodes. */
    Campaign(int size) {
        this.size = size;
    }

    @BeforeEach
    final void startCluster() {
        started = ClusterProcesses.start(data, output.directory(), size, this::environment);
    }

    @AfterEach
    final void stopCluster() {
        if (started != null) {
            started.close();
        }
    }

    /** What a node's process finds in its environment beside the usual. */
    Map<String, String> environment(String nodeId) {
        return Map.of();
    }

    final ClusterProcesses cluster() {
        ClusterProcesses cluster = started;
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }
}
