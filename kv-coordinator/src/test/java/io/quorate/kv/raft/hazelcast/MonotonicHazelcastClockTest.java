package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MonotonicHazelcastClockTest {
    /** What a start-up does first; run in a JVM of its own, because Hazelcast reads the property once. */
    static final class Start {
        public static void main(String[] args) {
            MonotonicHazelcastClock.requireInForce();
        }
    }

    @Test
    void clockIsInForceInATestsJvm() {
        assertThatCode(MonotonicHazelcastClock::requireInForce).doesNotThrowAnyException();
    }

    @Test
    void startWithoutThePropertyFailsAndSaysWhatToSet() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                List.of(java.toString(), "-cp", System.getProperty("java.class.path"),
                        Start.class.getName()))
                .redirectErrorStream(true).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(said)
                .contains("-Dcom.hazelcast.clock.impl=" + MonotonicHazelcastClock.class.getName());
    }
}
