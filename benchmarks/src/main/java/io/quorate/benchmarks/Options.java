package io.quorate.benchmarks;

import io.quorate.benchmarks.aws.Endpoint;
import io.quorate.benchmarks.aws.Shape;
import io.quorate.benchmarks.aws.Workloads;
import io.quorate.benchmarks.kv.KvOperation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command line.
 *
 * @param workload what to do, one of {@link #workloads()}
 * @param servers who is measured
 * @param shape how much
 * @param callers connections or callers
 * @param pace how long
 * @param output where the JSON goes
 */
record Options(String workload, Servers servers, Shape shape, int callers, Pace pace,
        Optional<Path> output) {
    static final String USAGE = """
            Usage: java -cp ... io.quorate.benchmarks.Main WORKLOAD [OPTION VALUE]...

            A closed loop: every connection has one request under way. Every answer is checked.

            Workloads over HTTP:   s3-put s3-get s3-list
                                   s3-put-large s3-get-large (objects of --value-bytes, a thread a connection)
                                   sqs sqs-send sqs-pairs sqs-batch10 sqs-polls
                                   dynamodb-put dynamodb-get
                                   dynamodb-update-hot dynamodb-query100
                                   dynamodb-batchwrite25 dynamodb-transact4
            Workloads over gRPC:   grpc-put grpc-get (callers are spread over the addresses)
            Workloads in process:  kv-put kv-get kv-verify (a one-member node in a temporary directory)

            Options:
              --url URL          this server                       (http://127.0.0.1:4566)
              --peer URL         a peer, measured in alternating runs          (none)
              --nodes LIST       this cluster, host:port,...             (127.0.0.1:4568)
              --etcd LIST        an etcd cluster beside it, host:port,...      (none)
              --connections N    connections or callers                          (16)
              --warm-up SECONDS  load before anything is measured                (40)
              --duration SECONDS length of a measured run                        (20)
              --rounds N         measured runs of each server                     (3)
              --items N          different keys                                (1000)
              --value-bytes N    bytes of a value, body or message             (1024)
              --backlog N        messages in the queue before the load           (0)
              --access-key ID    access key id                           (AKIDEXAMPLE)
              --secret-key KEY   its secret                                   (secret)
              --region REGION    region of the signature                   (us-east-1)
              --output FILE      writes the figures as JSON                    (none)
              --help             this text
            """;

    private static final Set<String> KNOWN = Set.of("--url", "--peer", "--nodes", "--etcd",
            "--connections", "--warm-up", "--duration", "--rounds", "--items", "--value-bytes",
            "--backlog", "--access-key",
            "--secret-key", "--region", "--output");

    /**
     * How long.
     *
     * @param warmUp load before anything is measured
     * @param duration length of a measured run
     * @param rounds measured runs of each server
     */
    record Pace(Duration warmUp, Duration duration, int rounds) {}

    /**
     * Who is measured.
     *
     * @param url this server, over HTTP
     * @param peer who is measured beside it
     * @param nodes this cluster, over gRPC
     * @param etcd who is measured beside it
     */
    record Servers(Endpoint url, Optional<Endpoint> peer, List<String> nodes,
            List<String> etcd) {}

    /** All workloads. */
    static List<String> workloads() {
        return Stream.of(Workloads.titles(), TransferContender.TITLES, GrpcContender.TITLES,
                KvOperation.titles())
                .flatMap(List::stream).toList();
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Options parse(String... arguments) {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("a workload is missing");
        }
        if (!workloads().contains(arguments[0])) {
            throw new IllegalArgumentException("unknown workload " + arguments[0]);
        }
        Map<String, String> given = pairs(List.of(arguments).subList(1, arguments.length));
        return new Options(arguments[0],
                new Servers(endpoint(given.getOrDefault("--url", "http://127.0.0.1:4566"), given),
                        Optional.ofNullable(given.get("--peer"))
                                .map(peer -> endpoint(peer, given)),
                        addresses(given.getOrDefault("--nodes", "127.0.0.1:4568")),
                        addresses(given.getOrDefault("--etcd", ""))),
                new Shape(number(given, "--items", 1000), number(given, "--value-bytes", 1024),
                        number(given, "--backlog", 0)),
                number(given, "--connections", 16),
                new Pace(Duration.ofSeconds(number(given, "--warm-up", 40)),
                        Duration.ofSeconds(number(given, "--duration", 20)),
                        number(given, "--rounds", 3)),
                Optional.ofNullable(given.get("--output")).map(Path::of));
    }

    private static Map<String, String> pairs(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown option " + name);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("option " + name + " needs a value");
            }
            given.put(name, arguments.get(i + 1));
        }
        return given;
    }

    private static List<String> addresses(String list) {
        return Stream.of(list.split(",")).filter(address -> !address.isBlank()).toList();
    }

    private static Endpoint endpoint(String url, Map<String, String> given) {
        return new Endpoint(URI.create(url), given.getOrDefault("--access-key", "AKIDEXAMPLE"),
                given.getOrDefault("--secret-key", "secret"),
                given.getOrDefault("--region", "us-east-1"));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = given.getOrDefault(name, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= (name.equals("--warm-up") || name.equals("--backlog") ? 0 : 1)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option " + name + " needs a number: " + text, e);
        }
        throw new IllegalArgumentException("option " + name + " is out of range: " + text);
    }
}
