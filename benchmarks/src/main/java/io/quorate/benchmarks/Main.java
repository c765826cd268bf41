package io.quorate.benchmarks;

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
        Report report = KvOperation.titles().contains(options.workload())
                ? inProcess(options)
                : overHttp(options);
        System.out.print(report.table());
        if (options.output().isPresent()) {
            Files.writeString(options.output().get(), report.json());
        }
        return report.isClean() ? 0 : 1;
    }

    private static Report overHttp(Options options) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new HttpContender("quorate", options.url(), options));
        options.peer().ifPresent(
                peer -> contenders.add(new HttpContender("peer", peer, options)));
        return new Report(options, new Comparison(contenders, options.pace()).run());
    }

    private static Report inProcess(Options options) throws Exception {
        try (NodeUnderLoad node = NodeUnderLoad.start()) {
            List<Contender> contenders = List.of(new KvContender(node, options));
            return new Report(options, new Comparison(contenders, options.pace()).run());
        }
    }
}
