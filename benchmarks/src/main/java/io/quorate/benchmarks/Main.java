package io.quorate.benchmarks;

import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.kv.KvOperation;
import io.quorate.benchmarks.kv.NodeUnderLoad;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The load generator's command line. Exits 0 when every answer was right, 1 if not, 2 on misuse. */
public final class Main {
    private Main() {}

    /** Runs the load generator. */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    /** Runs it and returns the exit code. */
    static int run(String... arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            return 2;
        }
        Report report = measured(options);
        System.out.print(report.table());
        if (options.output().isPresent()) {
            Files.writeString(options.output().get(), report.json());
        }
        return report.isClean() ? 0 : 1;
    }

    private static Report measured(Options options) throws Exception {
        if (KvOperation.titles().contains(options.workload())) {
            return inProcess(options);
        }
        return GrpcContender.TITLES.contains(options.workload())
                ? overGrpc(options)
                : overHttp(options);
    }

    private static Report overGrpc(Options options) throws Exception {
        List<GrpcContender> contenders = new ArrayList<>();
        try {
            if (!options.servers().nodes().isEmpty()) {
                contenders.add(GrpcContender.quorate(options.servers().nodes(), options));
            }
            if (!options.servers().etcd().isEmpty()) {
                contenders.add(GrpcContender.etcd(options.servers().etcd(), options));
            }
            return new Report(options,
                    new Comparison(List.copyOf(contenders), options.pace()).run());
        } finally {
            contenders.forEach(GrpcContender::close);
        }
    }

    private static Report overHttp(Options options) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(overHttp("quorate", options.servers().url(), options));
        options.servers().peer()
                .ifPresent(peer -> contenders.add(overHttp("peer", peer, options)));
        return new Report(options, new Comparison(contenders, options.pace()).run());
    }

    private static Contender overHttp(String name, Endpoint endpoint, Options options) {
        return TransferContender.TITLES.contains(options.workload())
                ? new TransferContender(name, endpoint, options)
                : new HttpContender(name, endpoint, options);
    }

    private static Report inProcess(Options options) throws Exception {
        try (NodeUnderLoad node = NodeUnderLoad.start()) {
            List<Contender> contenders = List.of(new KvContender(node, options));
            return new Report(options, new Comparison(contenders, options.pace()).run());
        }
    }
}
