package io.quorate.benchmarks;

import io.quorate.benchmarks.grpc.GrpcLoad;
import io.quorate.benchmarks.grpc.Items;
import io.quorate.benchmarks.grpc.Question;
import java.time.Duration;
import java.util.List;

/** A cluster that is reached over gRPC. */
final class GrpcContender implements Contender, AutoCloseable {
    /** Workloads over gRPC. */
    static final List<String> TITLES = List.of("grpc-put", "grpc-get");

    private final String name;
    private final GrpcLoad load;
    private final Items items;
    private final Question<?, ?> preparation;
    private final Question<?, ?> question;
    private final int callers;

    private GrpcContender(String name, List<String> addresses, Questions questions,
            Options options) {
        this.name = name;
        this.load = new GrpcLoad(addresses);
        this.items = questions.items();
        this.preparation = questions.put();
        this.question = options.workload().equals("grpc-put") ? questions.put() : questions.get();
        this.callers = options.callers();
    }

    private record Questions(Items items, Question<?, ?> put, Question<?, ?> get) {}

    /** Quorate, reached through these nodes. */
    static GrpcContender quorate(List<String> nodes, Options options) {
        Items items = items(options);
        return new GrpcContender("quorate", nodes, new Questions(items,
                Question.quoratePut(items), Question.quorateGet(items)), options);
    }

    /** An etcd cluster, reached through these members. */
    static GrpcContender etcd(List<String> members, Options options) {
        Items items = items(options);
        return new GrpcContender("etcd", members,
                new Questions(items, Question.etcdPut(items), Question.etcdGet(items)), options);
    }

    private static Items items(Options options) {
        return new Items(options.shape().items(), options.shape().valueBytes());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() throws InterruptedException {
        load.once(preparation, items);
    }

    @Override
    public Measurement run(Duration duration) throws InterruptedException {
        return load.during(duration, question, items, callers);
    }

    @Override
    public void close() {
        load.close();
    }
}
