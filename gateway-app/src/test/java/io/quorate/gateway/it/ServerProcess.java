package io.quorate.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, from the classes of this build, as the launcher would start it.
 * What it prints goes to a file.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern ENDPOINT = Pattern
            .compile("S3, SQS, DynamoDB +http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the program with the arguments; does not wait. */
    static ServerProcess run(Path output, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = ServerCommand.java(
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), output);
    }

    /** Starts a server on free ports and waits until it serves. */
    static ServerProcess serve(Path data, Path output) throws IOException, InterruptedException {
        ServerProcess server = run(output, Map.of(), "server", "--data", data.toString(), "--port",
                "0", "--management-port", "0");
        long deadline = System.nanoTime() + START.toNanos();
        while (!ENDPOINT.matcher(server.printed()).find()) {
            if (server.process.waitFor(20, TimeUnit.MILLISECONDS)
                    || System.nanoTime() - deadline > 0) {
                server.close();
                throw new AssertionError("the server did not start: " + server.printed());
            }
        }
        return server;
    }

    int port() {
        Matcher matcher = ENDPOINT.matcher(printed());
        if (!matcher.find()) {
            throw new IllegalStateException("not serving: " + printed());
        }
        return Integer.parseInt(matcher.group(1));
    }

    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, as a power cut is to a process. */
    void killNine() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, and the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("the process did not end: " + printed());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
