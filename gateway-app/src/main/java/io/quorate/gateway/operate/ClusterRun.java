package io.quorate.gateway.operate;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Runs the nodes of a cluster as processes of their own on this machine and tells what becomes of each.
 * One that ends is reported and not started again: why it ended is in its log, and a development cluster
 * that hides failures is of no use. Ends when it is told to, and then stops every node in order.
 */
public final class ClusterRun {
    /** Set in the processes: a node whose supervisor is gone ends, too. */
    public static final String SUPERVISOR = "quorate.supervisor";
    private static final long LOOK_MILLIS = 500;
    /** Requests may finish, then leadership is handed over. */
    private static final long STOP_SECONDS = 30;
    private static final int FAILED = 1;

    private final ClusterCommand command;
    private final String program;
    private final PrintStream out;
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /** @param program the main class that serves */
    public ClusterRun(ClusterCommand command, String program, PrintStream out) {
        this.command = command;
        this.program = program;
        this.out = out;
    }

    private record Child(String nodeId, Process process, Path log, NodeProbe probe) {}

    /** Runs until told to stop, or until no node is left; returns the exit code. */
    public int run() throws IOException, InterruptedException {
        Thread stopping = Thread.ofPlatform().name("cluster-stop").unstarted(this::stopAll);
        Runtime.getRuntime().addShutdownHook(stopping);
        for (int node = 1; node <= command.nodes(); node++) {
            children.add(start(node));
        }
        out.printf("%d nodes start on this machine; logs are in %s. Stop with Ctrl-C.%n",
                command.nodes(), command.data().toAbsolutePath().normalize());
        while (!children.isEmpty()) {
            for (Child child : List.copyOf(children)) {
                look(child);
            }
            if (!children.isEmpty()) {
                boolean ended = children.getFirst().process().waitFor(LOOK_MILLIS,
                        TimeUnit.MILLISECONDS);
                if (ended) {
                    look(children.getFirst());
                }
            }
        }
        out.println("No node is left.");
        return FAILED;
    }

    private void look(Child child) {
        if (!child.process().isAlive()) {
            if (children.remove(child) && !stopping) {
                out.printf("%-4s ended with exit code %d; its log is %s. It is not started"
                        + " again.%n", child.nodeId(), child.process().exitValue(), child.log());
            }
            return;
        }
        child.probe().changed().ifPresent(out::println);
    }

    private Child start(int node) throws IOException {
        Files.createDirectories(command.data());
        Path log = command.data().resolve("n" + node + ".log");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.add("-D" + SUPERVISOR + "=" + ProcessHandle.current().pid());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        line.addAll(command.server(node));
        Process process = new ProcessBuilder(line).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        ClusterCommand.Ports ports = command.ports().of(node);
        return new Child("n" + node, process, log, new NodeProbe("n" + node, ports));
    }

    private void stopAll() {
        stopping = true;
        for (Child child : List.copyOf(children)) {
            child.process().destroy();
            try {
                if (!child.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    out.printf("%-4s did not stop within %d s and is killed.%n", child.nodeId(),
                            STOP_SECONDS);
                    child.process().destroyForcibly();
                } else {
                    out.printf("%-4s stopped.%n", child.nodeId());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                child.process().destroyForcibly();
            }
        }
    }
}
