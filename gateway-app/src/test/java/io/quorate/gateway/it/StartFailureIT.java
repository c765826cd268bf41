package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureIT {
    @TempDir
    Path directory;

    @Test
    void aTakenPortIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertEnd(1, "quorate: Port " + port
                    + " is in use: stop the process that has it, or choose another with --port or"
                    + " --management-port.\n", "server", "--data", data(), "--port", port,
                    "--management-port", "0");
        }
    }

    @Test
    void aTakenManagementPortIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertEnd(1, "quorate: Port " + port
                    + " is in use: stop the process that has it, or choose another with --port or"
                    + " --management-port.\n", "server", "--data", data(), "--port", "0",
                    "--management-port", port);
        }
    }

    @Test
    void aDataDirectoryInUseNamesItsHolder() throws Exception {
        Path output = directory.resolve("first");
        try (ServerProcess first = ServerProcess.serve(Path.of(data()), output)) {
            String printed = end(1, "server", "--data", data(), "--port", "0", "--management-port",
                    "0");

            assertThat(printed).startsWith("quorate: The data directory " + data()
                    + " is in use by process ").hasLineCount(1);
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void dataOfANewerReleaseIsLeftAlone() throws Exception {
        Files.createDirectories(Path.of(data()));
        Files.writeString(Path.of(data(), "meta"), "format=99\ncrc32c=0\n");

        String printed = end(1, "server", "--data", data(), "--port", "0", "--management-port",
                "0");

        assertThat(printed).contains("has format version 99").hasLineCount(1);
    }

    @Test
    void aSettingsFileThatIsMissingIsNamed() throws Exception {
        assertEnd(2, "quorate: There is no file /no/such.yaml to read settings from.\n", "server",
                "--config", "/no/such.yaml");
    }

    @Test
    void anAddressOfAnotherMachineIsToldInOneSentence() throws Exception {
        assertEnd(2, "quorate: --bind must be an address of this machine, not '192.0.2.1'.\n",
                "server", "--data", data(), "--bind", "192.0.2.1");
    }

    @Test
    void theDevelopmentCredentialsDoNotLeaveLoopback() throws Exception {
        String printed = end(2, "server", "--data", data(), "--bind", "0.0.0.0");

        assertThat(printed).contains("QUORATE_ACCESS_KEY").hasLineCount(1);
    }

    @Test
    void unknownCommandsAndFlagsAreMistakes() throws Exception {
        assertEnd(2, "quorate: Unknown command 'serve'. Try quorate --help.\n", "serve");
        assertEnd(2, "quorate: Unknown flag '--prot'. Try quorate --help.\n", "server", "--prot",
                "1");
    }

    @Test
    void aServerToldToStopEndsWithoutAComplaint() throws Exception {
        try (ServerProcess server = ServerProcess.serve(Path.of(data()),
                directory.resolve("out"))) {
            // 128 + SIGTERM: how the JVM ends after its shutdown hooks.
            assertThat(server.terminate()).isEqualTo(143);
            assertThat(server.printed()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    private void assertEnd(int code, String printed, String... arguments) throws Exception {
        assertThat(end(code, arguments)).isEqualTo(printed);
    }

    /** What the program said after its log, having ended with the code. */
    private String end(int code, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        try (ServerProcess process = ServerProcess.run(output, Map.of(), arguments)) {
            assertThat(process.exitCode()).as(process.printed()).isEqualTo(code);
            assertThat(process.printed()).doesNotContain("\tat ");
            return process.printed().lines().filter(line -> !line.contains(" INFO "))
                    .map(line -> line + "\n").reduce("", String::concat);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }
}
