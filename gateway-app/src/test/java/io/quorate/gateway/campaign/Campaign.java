package io.quorate.gateway.campaign;

import io.quorate.fixtures.process.KeptOutput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test on a cluster of processes of its own. */
abstract class Campaign {
    @RegisterExtension
    final KeptOutput output = new KeptOutput();
    @TempDir
    Path data;

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
        started = ClusterProcesses.start(data, output.directory(), size);
    }

    @AfterEach
    final void stopCluster() {
        if (started != null) {
            started.close();
        }
    }

    final ClusterProcesses cluster() {
        ClusterProcesses cluster = started;
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }
}
