package io.quorate.gateway.campaign;

import io.quorate.fixtures.process.KeptOutput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test on a cluster of three processes of its own. */
abstract class Campaign {
    @RegisterExtension
    final KeptOutput output = new KeptOutput();
    @TempDir
    Path data;

    private @Nullable ClusterProcesses started;

    @BeforeEach
    final void startCluster() {
        started = ClusterProcesses.start(data, output.directory(), 3);
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
