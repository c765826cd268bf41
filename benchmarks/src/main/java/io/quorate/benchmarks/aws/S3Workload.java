package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** PutObject or GetObject on one bucket; a GET's body is compared with what was put. */
final class S3Workload implements Workload {
    private static final String BUCKET = "/quorate-bench";

    private final Endpoint endpoint;
    private final Shape shape;
    private final boolean put;

    S3Workload(Endpoint endpoint, Shape shape, boolean put) {
        this.endpoint = endpoint;
        this.shape = shape;
        this.put = put;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        SignedRequests requests = requests();
        createBucket(endpoint, BUCKET);
        for (int item = 0; !put && item < shape.items(); item++) {
            String path = path(item);
            Reply reply = connection.call(requests.of("PUT", path, Map.of(), body(path)));
            if (!reply.isOk()) {
                throw new IOException("PutObject: " + reply);
            }
        }
    }

    /** Makes a bucket, unless it is there from an earlier run. */
    static void createBucket(Endpoint endpoint, String path) throws IOException {
        // Some servers close the connection behind a refusal, so it is not used for more.
        try (OneByOne connection = new OneByOne(endpoint.address())) {
            Reply created = connection.call(
                    new SignedRequests(endpoint, "s3", Clock.systemUTC()).of("PUT", path));
            if (!created.isOk() && created.status() != 409) {
                throw new IOException("CreateBucket: " + created);
            }
        }
    }

    @Override
    public Session session(int connection) {
        return put ? new Put(connection) : new Get(connection);
    }

    private SignedRequests requests() {
        return new SignedRequests(endpoint, "s3", Clock.systemUTC());
    }

    private byte[] body(String path) {
        return Payloads.bytesOf(path, shape.valueBytes());
    }

    private static String path(long item) {
        return BUCKET + "/object-" + item;
    }

    private final class Put implements Session {
        private final SignedRequests requests = requests();
        private long item;

        Put(int connection) {
            this.item = shape.first(connection);
        }

        @Override
        public Call next() {
            String path = path(item++ % shape.items());
            return new Call("PutObject", requests.of("PUT", path, Map.of(), body(path)));
        }

        @Override
        public Optional<String> check(Reply reply) {
            return reply.isOk() && reply.hasHeader("etag")
                    ? Optional.empty()
                    : Optional.of(reply.toString());
        }
    }

    private final class Get implements Session {
        private final SignedRequests requests = requests();
        private long item;
        private byte[] expected = new byte[0];

        Get(int connection) {
            this.item = shape.first(connection);
        }

        @Override
        public Call next() {
            String path = path(item++ % shape.items());
            expected = body(path);
            return new Call("GetObject", requests.of("GET", path));
        }

        @Override
        public Optional<String> check(Reply reply) {
            return reply.isOk() && reply.bodyIs(expected)
                    ? Optional.empty()
                    : Optional.of(reply.toString());
        }
    }
}
