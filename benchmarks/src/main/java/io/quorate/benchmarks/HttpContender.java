package io.quorate.benchmarks;

import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.aws.Workload;
import io.quorate.benchmarks.aws.Workloads;
import io.quorate.benchmarks.http.ClosedLoop;
import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A server that is reached over HTTP. */
final class HttpContender implements Contender {
    private final String name;
    private final Endpoint endpoint;
    private final Workload workload;
    private final int connections;

    HttpContender(String name, Endpoint endpoint, Options options) {
        this.name = name;
        this.endpoint = endpoint;
        this.workload = List.of(Workloads.values()).stream()
                .filter(kind -> kind.title().equals(options.workload())).findFirst().orElseThrow()
                .on(endpoint, options.shape());
        this.connections = options.callers();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() throws IOException {
        try (OneByOne connection = new OneByOne(endpoint.address())) {
            workload.prepare(connection);
        }
    }

    @Override
    public Measurement run(Duration duration) throws IOException {
        List<Session> sessions = IntStream.range(0, connections).mapToObj(workload::session)
                .toList();
        return new ClosedLoop(endpoint.address(), sessions).run(duration);
    }
}
