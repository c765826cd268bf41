package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed in the middle of its work loses nothing it acknowledged and tears no transaction. */
class KillTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void killedProcessLosesNothingAcknowledged() throws Exception {
        killAndCheck(2, 300);
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void oftenKilledProcessLosesNothingAcknowledged() throws Exception {
        killAndCheck(20, 5_000);
    }

    private void killAndCheck(int kills, int acksBetween) throws Exception {
        Random random = new Random(11);
        List<Integer> acknowledged = new ArrayList<>();
        for (int round = 0; round < kills; round++) {
            int first = round * 1_000_000;
            acknowledged.addAll(
                    runUntilKilled(first, acksBetween / 2 + random.nextInt(acksBetween)));
        }
        try (RunningNode node = RunningNode.on(directory)) {
            for (int number : acknowledged) {
                assertThat(node.text(key("k" + number))).contains("v" + number);
            }
            // What was on its way is there wholly or not at all.
            int last = acknowledged.getLast();
            for (int number = last; number < last + 200; number++) {
                Optional<String> row = node.text(key("k" + number));
                assertThat(node.text(key("twin" + number))).isEqualTo(row);
            }
        }
    }

    private List<Integer> runUntilKilled(int first, int acks) throws IOException,
            InterruptedException {
        Process process = new ProcessBuilder(command(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<Integer> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ack ")) {
                    acknowledged.add(Integer.valueOf(line.substring(4)));
                }
                if (acknowledged.size() == acks) {
                    // By its handle: the process would close the stream that is still to be read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(acks);
        return acknowledged;
    }

    private List<String> command(int first) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D") || argument.startsWith("--"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                AcknowledgingWriter.class.getName(), directory.toString(),
                String.valueOf(first)));
        return command;
    }
}
