package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** ListObjectsV2 of a thousand keys, from everywhere in a bucket of many, which is filled by PutObject. */
final class S3Listing implements Workload {
    private static final String BUCKET = "/quorate-bench-list";
    private static final int PAGE = 1000;
    private static final int LOADERS = 32;
    private static final byte[] BODY = {'x'};

    private final Endpoint endpoint;
    private final Shape shape;

    S3Listing(Endpoint endpoint, Shape shape) {
        this.endpoint = endpoint;
        this.shape = shape;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        SignedRequests requests = requests();
        S3Workload.createBucket(endpoint, BUCKET);
        // The last key is put after all others, so it says whether they are there.
        String last = BUCKET + "/" + key(shape.items() - 1);
        if (!connection.call(requests.of("GET", last)).isOk()) {
            Loaders.run(LOADERS, this::load);
            put(connection, requests, last);
        }
    }

    private void load(int loader) throws IOException {
        SignedRequests requests = requests();
        try (OneByOne connection = new OneByOne(endpoint.address())) {
            for (int item = loader; item < shape.items() - 1; item += LOADERS) {
                put(connection, requests, BUCKET + "/" + key(item));
            }
        }
    }

    private static void put(OneByOne connection, SignedRequests requests, String path)
            throws IOException {
        Reply reply = connection.call(requests.of("PUT", path, Map.of(), BODY));
        if (!reply.isOk()) {
            throw new IOException("PutObject: " + reply);
        }
    }

    @Override
    public Session session(int connection) {
        return new List(connection);
    }

    private SignedRequests requests() {
        return new SignedRequests(endpoint, "s3", Clock.systemUTC());
    }

    private static String key(long item) {
        return String.format(Locale.ROOT, "object-%08d", item);
    }

    private final class List implements Session {
        private final SignedRequests requests = requests();
        private long item;

        List(int connection) {
            this.item = shape.first(connection);
        }

        /** The key after which the latest page begins. */
        private long after() {
            return item % Math.max(1, shape.items() - PAGE);
        }

        @Override
        public Call next() {
            item += 104_729;
            return new Call("ListObjectsV2", requests.query(BUCKET,
                    "list-type=2&max-keys=" + PAGE + "&start-after=" + key(after())));
        }

        @Override
        public Optional<String> check(Reply reply) {
            String text = reply.text();
            long count = Math.min(PAGE, shape.items() - 1 - after());
            boolean right = reply.isOk()
                    && text.contains("<KeyCount>" + count + "</KeyCount>")
                    && text.contains("<Key>" + key(after() + 1) + "</Key>")
                    && text.contains("<Key>" + key(after() + count) + "</Key>");
            return right ? Optional.empty() : Optional.of(reply.toString());
        }
    }
}
