package io.quorate.gateway.change;

import io.quorate.gateway.campaign.ClusterProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every action that is built, on three processes: asked through a follower while the leadership changes it is answered,
 * and happens once. All actions meet the same changes, one of each kind; each is judged for itself.
 */
class LeaderChangeIT {
    @TempDir
    static Path data;

    private static final Map<LeaderChange, Map<String, List<Trial<?, ?>>>> CROSSED = new EnumMap<>(
            LeaderChange.class);
    private static ClusterProcesses cluster;
    private static Sdk sdk;

    @BeforeAll
    @Timeout(600)
    static void changeLeadersWhileEveryActionIsCalled() throws IOException, InterruptedException {
        Path output = Files.createDirectories(
                Path.of("target", "processes", "LeaderChangeIT-" + System.nanoTime()));
        cluster = ClusterProcesses.start(data, output, 3, node -> Map.of());
        sdk = Sdk.of(cluster.nodes().getFirst().clients());
        RegisteredActions.all().forEach(cases -> cases.furnish(sdk));
        for (LeaderChange change : LeaderChange.values()) {
            CROSSED.put(change, Crossing.of(cluster, change, RegisteredActions.all()));
        }
    }

    @AfterAll
    static void stop() {
        if (sdk != null) {
            sdk.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Arguments> crossings() {
        return Arrays.stream(LeaderChange.values())
                .flatMap(change -> RegisteredActions.all().stream()
                        .flatMap(cases -> cases.cases().stream().map(one -> Arguments.of(change,
                                cases.service() + " " + one.title()))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("crossings")
    void anActionIsAnsweredAndHappensOnce(LeaderChange change, String title) {
        List<Trial<?, ?>> trials = Objects.requireNonNull(
                CROSSED.getOrDefault(change, Map.of()).get(title), "never called");
        for (Trial<?, ?> trial : trials) {
            trial.check(sdk);
        }
    }
}
