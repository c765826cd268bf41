package io.quorate.benchmarks;

import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.transfer.LargeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A server that takes and gives large objects. */
final class TransferContender implements Contender {
    private static final String PUT = "s3-put-large";
    /** Workloads of large objects. */
    static final List<String> TITLES = List.of(PUT, "s3-get-large");

    private final String name;
    private final LargeObject object;
    private final boolean puts;
    private final int callers;

    TransferContender(String name, Endpoint endpoint, Options options) {
        this.name = name;
        this.object = new LargeObject(endpoint, options.shape().valueBytes());
        this.puts = options.workload().equals(PUT);
        this.callers = options.callers();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() throws IOException {
        object.prepare(callers);
    }

    @Override
    public Measurement run(Duration duration) throws IOException {
        return object.run(puts, callers, duration);
    }
}
