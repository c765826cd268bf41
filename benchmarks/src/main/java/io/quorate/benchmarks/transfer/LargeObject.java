package io.quorate.benchmarks.transfer;

import io.quorate.benchmarks.Measurement;
import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.aws.SignedRequests;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Large objects of one bucket, one a connection, put and got again and again. A PUT sends the body's CRC32C,
 * which the server has to verify; its bytes are not part of the signature. Safe for any thread.
 */
public final class LargeObject {
    private static final String BUCKET = "/quorate-bench";

    private final Endpoint endpoint;
    private final LargeBody body;
    private final String crc32c;

    /** Objects of that many bytes. */
    public LargeObject(Endpoint endpoint, long bytes) {
        this.endpoint = endpoint;
        this.body = new LargeBody("large", bytes);
        this.crc32c = body.crc32c();
    }

    /** Makes the bucket and puts what will be got. */
    public void prepare(int callers) throws IOException {
        // Some servers close the connection behind a refusal, so it is not used for more.
        try (TransferConnection connection = new TransferConnection(endpoint.address())) {
            connection.send(requests().of("PUT", BUCKET).joined());
            var created = connection.head();
            // 409: the bucket is there from an earlier run.
            if (!created.isOk() && created.status() != 409) {
                throw new IOException("CreateBucket: " + created);
            }
        }
        try (TransferConnection connection = new TransferConnection(endpoint.address())) {
            for (int caller = 0; caller < callers; caller++) {
                if (!put(connection, requests(), path(caller))) {
                    throw new IOException("PutObject was refused");
                }
            }
        }
    }

    /** Puts or gets for that long, each caller over a connection of its own. */
    public Measurement run(boolean puts, int callers, Duration duration) throws IOException {
        Measurement all = new Measurement();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Measurement>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                String path = path(caller);
                Callable<Measurement> loop = () -> loop(puts, path, begun + duration.toNanos());
                running.add(threads.submit(loop));
            }
            for (Future<Measurement> one : running) {
                all.add(one.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException("a transfer broke", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
        all.took((System.nanoTime() - begun) / 1e9);
        return all;
    }

    private Measurement loop(boolean puts, String path, long end) throws IOException {
        Measurement measured = new Measurement();
        SignedRequests requests = requests();
        try (TransferConnection connection = new TransferConnection(endpoint.address())) {
            do {
                long begun = System.nanoTime();
                boolean right = puts
                        ? put(connection, requests, path)
                        : get(connection, requests, path);
                if (right) {
                    measured.right(puts ? "PutObject" : "GetObject", System.nanoTime() - begun);
                } else {
                    measured.wrong("another answer than expected");
                }
            } while (System.nanoTime() - end < 0);
        }
        return measured;
    }

    private boolean put(TransferConnection connection, SignedRequests requests, String path)
            throws IOException {
        connection.send(requests.headOfPut(path, Map.of("x-amz-checksum-crc32c", crc32c),
                body.length()).joined());
        connection.send(body);
        var answer = connection.head();
        connection.skip(answer);
        return answer.isOk();
    }

    private boolean get(TransferConnection connection, SignedRequests requests, String path)
            throws IOException {
        connection.send(requests.of("GET", path).joined());
        var answer = connection.head();
        return connection.bodyIs(answer, body) && answer.isOk();
    }

    private SignedRequests requests() {
        return new SignedRequests(endpoint, "s3", Clock.systemUTC());
    }

    private static String path(int caller) {
        return BUCKET + "/large-" + caller;
    }
}
