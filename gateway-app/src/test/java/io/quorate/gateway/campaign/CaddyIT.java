package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.fixtures.net.FreePorts;
import io.quorate.fixtures.process.ChildProcess;
import io.quorate.gateway.it.AwsClients;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caddy, as docs/caddy/Caddyfile sets it up, finds the leader and leaves a killed one. */
class CaddyIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(CaddyIT.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String PATH = System.getenv().getOrDefault("PATH", "");

    @Test
    void writesGoToTheLeaderAndAKilledOneIsLeft() throws IOException {
        assertThat(leaveAKilledLeader()).as("on any machine").isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @Tag("slow")
    void aKilledLeaderIsLeftWithinTwoSeconds() throws IOException {
        assertThat(leaveAKilledLeader()).isLessThan(Duration.ofSeconds(2));
    }

    private Duration leaveAKilledLeader() throws IOException {
        assumeTrue(Stream.of(PATH.split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "caddy"))),
                "caddy is not installed (Debian: apt-get install caddy)");
        int port = FreePorts.next();
        try (ChildProcess caddy = startCaddy(port)) {
            assertThat(caddy.isAlive()).isTrue();
            awaitLeaderBehind(port);
            try (Workload.Session items = new ItemWorkload().open(AwsClients.of(port))) {
                items.write("before");

                ClusterNode leader = cluster().awaitLeader();
                leader.killNine();
                long killed = System.nanoTime();
                awaitLeaderBehind(port);
                Duration left = Duration.ofNanos(System.nanoTime() - killed);
                items.write("after");

                LOG.info("killed leader left after {} ms", left.toMillis());
                assertThat(items.missing(List.of("before", "after"))).isEmpty();
                return left;
            }
        }
    }

    /** Only the node that leads says 200. */
    private static void awaitLeaderBehind(int port) {
        await().atMost(ClusterProcesses.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> Probe.at(port, "/healthz/leader", TIMEOUT).status() == 200);
    }

    private ChildProcess startCaddy(int port) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "caddy", "Caddyfile")).replace(":4500",
                ":" + port);
        for (int i = 0; i < 3; i++) {
            text = text.replace("127.0.0.1:" + (4566 + 10 * i),
                    "127.0.0.1:" + cluster().nodes().get(i).port());
        }
        Path file = Files.writeString(output.directory().resolve("Caddyfile"), text);
        return ChildProcess.start(
                List.of("caddy", "run", "--config", file.toString(), "--adapter", "caddyfile"),
                Map.of("XDG_DATA_HOME", output.directory().toString(), "XDG_CONFIG_HOME",
                        output.directory().toString()),
                output.directory().resolve("caddy.log"));
    }
}
