package io.quorate.benchmarks.transfer;

import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.aws.SignedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a server holds while 64 clients each send a gibibyte at a mebibyte a second, and what is left of it once
 * they have broken off. Prints the server's resident memory and the bytes below its data directory,
 * every second. Linux only.
 */
public final class SlowUploads {
    private static final int CLIENTS = 64;
    private static final long DECLARED = 1L << 30;
    private static final int BYTES_PER_SECOND = 1 << 20;
    private static final int TICKS_PER_SECOND = 8;
    private static final int SECONDS_AFTER = 60;

    private final Path process;
    private final Path data;

    private SlowUploads(Path process, Path data) {
        this.process = process;
        this.data = data;
    }

    /** Arguments: URL, access key, secret key, the server's process id, its data directory, seconds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 6) {
            System.err.println("Usage: SlowUploads URL ACCESS-KEY SECRET-KEY PID DATA-DIR SECONDS");
            System.exit(2);
        }
        Endpoint endpoint = new Endpoint(URI.create(arguments[0]), arguments[1], arguments[2],
                "us-east-1");
        new SlowUploads(Path.of("/proc", arguments[3], "status"), Path.of(arguments[4]))
                .run(endpoint, Integer.parseInt(arguments[5]));
    }

    private void run(Endpoint endpoint, int seconds) throws IOException, InterruptedException {
        new LargeObject(endpoint, 1).prepare(1);
        report("before");
        List<SocketChannel> clients = new ArrayList<>();
        try {
            begin(endpoint, clients);
            LargeBody body = new LargeBody("slow", DECLARED);
            long begun = System.nanoTime();
            for (long tick = 0; tick < (long) seconds * TICKS_PER_SECOND; tick++) {
                long offset = tick * (BYTES_PER_SECOND / TICKS_PER_SECOND);
                for (SocketChannel client : clients) {
                    write(client, body.from(offset).limit(BYTES_PER_SECOND / TICKS_PER_SECOND));
                }
                pause(begun + (tick + 1) * TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND);
                if (tick % TICKS_PER_SECOND == 0) {
                    report("sending");
                }
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        long broken = System.nanoTime();
        for (int second = 1; second <= SECONDS_AFTER; second++) {
            pause(broken + TimeUnit.SECONDS.toNanos(second));
            report("after");
        }
    }

    private static void begin(Endpoint endpoint, List<SocketChannel> clients) throws IOException {
        SignedRequests requests = new SignedRequests(endpoint, "s3", Clock.systemUTC());
        for (int client = 0; client < CLIENTS; client++) {
            SocketChannel channel = SocketChannel.open(endpoint.address());
            clients.add(channel);
            write(channel, requests.headOfPut("/quorate-bench/slow-" + client, Map.of(), DECLARED)
                    .joined());
        }
    }

    /** Blocks while the server does not take it: then it is the server that is slower. */
    private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static void pause(long until) throws InterruptedException {
        long left = until - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void report(String when) throws IOException {
        System.out.printf(Locale.ROOT, "%-8s resident %5d MiB, data %6d MiB%n", when,
                residentKib() >> 10, dataBytes() >> 20);
    }

    private long residentKib() throws IOException {
        return Files.readAllLines(process).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst()
                .orElseThrow();
    }

    private long dataBytes() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.mapToLong(SlowUploads::size).sum();
        } catch (UncheckedIOException goneMeanwhile) {
            return dataBytes();
        }
    }

    /** A file may go while it is looked at. */
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
